package io.deixis.language.opennlp;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Words of closed or nearly closed classes that queries are read by, in lower case. */
final class QueryWords {

  static final Set<String> DETERMINERS =
      set("the a an this that these those his her its their my your our any");

  static final Map<String, Integer> NUMBERS =
      counts(
          "one 1, two 2, three 3, four 4, five 5, six 6, seven 7, eight 8, nine 9, ten 10,"
              + " dozen 12, hundred 100, thousand 1000");

  static final Map<String, Integer> ORDINALS =
      counts(
          "first 1, 1st 1, second 2, 2nd 2, third 3, 3rd 3, fourth 4, 4th 4, fifth 5,"
              + " 5th 5, sixth 6, 6th 6, seventh 7, eighth 8, ninth 9, tenth 10");

  /** What an order is called by a word of its own, before or behind the noun. */
  static final Map<String, String> ORDERS = orders();

  static final Set<String> COLOURS =
      set(
          "black white red blue green yellow brown orange pink purple gray grey tan beige blond"
              + " blonde golden silver navy maroon turquoise violet dark light");

  static final Set<String> CLOTHES =
      set(
          "shirt t-shirt tshirt tee jacket coat hat cap helmet dress skirt pants jeans shorts"
              + " trousers suit tie sweater hoodie sweatshirt vest uniform gown robe scarf gloves"
              + " shoes boots sandals socks sneakers glasses sunglasses goggles apron bikini"
              + " swimsuit trunks costume outfit jersey blouse top overalls jumpsuit kilt sari"
              + " kimono tuxedo bandana beanie headscarf turban mask clothes clothing cloak hood"
              + " tank-top pajamas leggings tights stripes plaid leather denim camouflage"
              + " headphones backpack watch bracelet necklace lab wetsuit raincoat poncho cardigan"
              + " blazer polo veil crown wig shawl pullover jumper trainers waistcoat anorak"
              + " tracksuit dungarees wellies nightgown tunic cape bonnet visor cleats heels"
              + " slippers earmuffs leotard fedora sombrero");

  /** Things that come as left and right ones: "her left hand" is no place in the picture. */
  static final Set<String> PAIRED =
      set(
          "hand hands arm arms leg legs foot feet eye eyes ear ears shoe shoes boot boots knee"
              + " shoulder elbow wing paw cheek wrist ankle thumb lane turn sock glove fist hip"
              + " thigh nostril");

  /** Things whose number is their name: "gate 2" need not be the second gate. */
  static final Set<String> NUMBERED_BY_NAME =
      set(
          "gate route pier platform lane terminal size level floor room exit formula bus line page"
              + " track street highway apartment chapter week day year class type number no");

  /**
   * What is said behind "of" is what they hold or show: in "the picture of a dog on the wall" it is
   * the picture that is on the wall.
   */
  static final Set<String> CONTAINERS =
      set(
          "group crowd pair couple row bunch team line cup glass stack pile bowl bottle piece set"
              + " herd flock picture pictures photo photos painting paintings drawing drawings"
              + " poster posters statue statues image images sign signs");

  /** Plural forms that name one thing. */
  static final Set<String> ONE_IN_PLURAL =
      set(
          "glasses sunglasses goggles pants jeans shorts trousers scissors clothes trunks tights"
              + " leggings pajamas overalls binoculars pliers headphones stairs bus glass grass"
              + " dress cross canvas compass tennis gas lens chess class bass mattress circus"
              + " christmas cactus octopus harness wilderness business stripes news fries"
              + " suspenders debris");

  private static final Map<String, String> SINGULARS =
      pairs(
          "men man, women woman, people person, persons person, children child, feet foot,"
              + " teeth tooth, knives knife, leaves leaf, shelves shelf, wolves wolf,"
              + " loaves loaf, mice mouse, geese goose, policemen policeman, firemen fireman,"
              + " fishermen fisherman, movies movie, cookies cookie, selfies selfie,"
              + " shoes shoe, toes toe, canoes canoe");

  /**
   * What has a front and a back one by itself: "the back seat" is no seat in the background. "Row"
   * is one of these, but people in it are not.
   */
  static final Set<String> IN_FRONT_OR_BACK =
      set(
          "door doors seat seats wheel wheels tire tires tyre tyres leg legs paw paws foot feet"
              + " hoof hooves bumper window windows windshield yard porch pocket pockets tooth"
              + " teeth side sides light lights headlight headlights hood fender end fin gate"
              + " entrance basket brake rack hand page cover lawn garden wall room step steps desk"
              + " line pack stage half part view license plate panel edge row rows street alley"
              + " road flip of to and or left right");

  private static final Set<String> PLACES =
      set("left right front back rear top bottom corner distance");

  private static final Set<String> PEOPLE =
      set(
          "person people man men woman women boy boys girl girls child children kid kids guy guys"
              + " lady ladies gentleman gentlemen baby babies toddler adult adults teenager player"
              + " players dude chick lad human humans bride groom couple friend mother father son"
              + " daughter brother sister cop nurse cook chef surgeon clown king queen athlete"
              + " student students crowd family police");

  private static final Set<String> ANIMALS =
      set(
          "dog puppy cat kitten horse pony donkey cow bull calf sheep lamb goat pig bird duck goose"
              + " chicken swan parrot monkey ape bear elephant giraffe zebra lion tiger rabbit"
              + " squirrel animal pet doll statue mannequin teddy mascot");

  private QueryWords() {}

  private static Set<String> set(String words) {
    return Set.copyOf(Arrays.asList(words.split("\\s+")));
  }

  /** Reads {@code "men man, women woman"}: "man" by "men", "woman" by "women". */
  static Map<String, String> pairs(String list) {
    return Arrays.stream(list.split(", "))
        .map(pair -> pair.split(" ", 2))
        .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
  }

  private static Map<String, Integer> counts(String list) {
    Map<String, Integer> counts = new HashMap<>();
    pairs(list).forEach((word, count) -> counts.put(word, Integer.valueOf(count)));
    return Map.copyOf(counts);
  }

  private static Map<String, String> orders() {
    Map<String, String> orders = new HashMap<>();
    add(orders, "biggest", "biggest largest bigger larger hugest greatest");
    add(orders, "smallest", "smallest smaller littlest tiniest");
    add(orders, "tallest", "tallest taller");
    add(orders, "shortest", "shortest shorter");
    add(orders, "closest", "closest nearest closer nearer foremost frontmost");
    add(orders, "farthest", "farthest furthest farther further rearmost backmost remotest");
    add(orders, "left", "leftmost left-most left-hand lefthand leftest");
    add(orders, "right", "rightmost right-most right-hand righthand rightest");
    add(orders, "top", "topmost top-most uppermost highest upper");
    add(orders, "bottom", "bottommost bottom-most lowermost lowest");
    add(orders, "middle", "middle center centre central");
    add(orders, "foreground", "foreground");
    add(orders, "background", "background");
    return Map.copyOf(orders);
  }

  private static void add(Map<String, String> orders, String name, String words) {
    for (String word : words.split(" ")) {
      orders.put(word, name);
    }
  }

  static boolean isPerson(String noun) {
    return PEOPLE.contains(noun)
        || noun.matches(".{2,}(?:man|men|woman|women)")
        || noun.matches(".{3,}(?:ers?|ists?)")
            && !noun.matches(
                ".*(?:water|flower|silver|paper|counter|computer|tower|river|corner|poster|ladder|trailer|skewer|scooter|rollers?|number|container|feather|leather|sweater|helicopter|shower|drawer|letter|banner|mower|tiger|spider|hammer|saucer|burger|finger|shoulder)s?");
  }

  /** Whether a noun names somebody, or an animal: one who does something. */
  static boolean isAlive(String noun) {
    return isPerson(noun) || ANIMALS.contains(noun) || noun.equals("thing");
  }

  /** Whether a noun names something to wear. */
  static boolean isGarment(String noun) {
    return CLOTHES.contains(noun)
        || CLOTHES.contains(noun + "s")
        || CLOTHES.contains(singular(noun))
        || noun.endsWith("y") && CLOTHES.contains(noun.substring(0, noun.length() - 1) + "ies");
  }

  /** Whether a word tells a thing from others by an order: "first", "last", "left", "biggest". */
  static boolean isOrder(String word) {
    return ORDINALS.containsKey(word)
        || ORDERS.containsKey(word)
        || word.matches("last|left|right");
  }

  /** Whether a word names a place or what is worn, which has nothing by itself. */
  static boolean isNoOwner(String word) {
    return isClothing(word) || ORDERS.containsKey(word) || PLACES.contains(word);
  }

  /** Whether one may be dressed in what a word names: something to wear, or a colour. */
  static boolean isClothing(String noun) {
    return isGarment(noun) || COLOURS.contains(noun);
  }

  static boolean isPlural(String noun) {
    return SINGULARS.containsKey(noun)
        || noun.length() > 3
            && noun.endsWith("s")
            && !noun.endsWith("ss")
            && !noun.endsWith("us")
            && !noun.endsWith("'s")
            && !ONE_IN_PLURAL.contains(noun);
  }

  static String singular(String noun) {
    String lower = noun.toLowerCase(Locale.ROOT);
    if (!isPlural(lower)) {
      return lower;
    }
    if (SINGULARS.containsKey(lower)) {
      return SINGULARS.get(lower);
    }
    if (lower.endsWith("ies") && lower.length() > 4) {
      return lower.substring(0, lower.length() - 3) + "y";
    }
    if (lower.matches(".*(?:sses|shes|ches|xes|buses|toes)")) {
      return lower.substring(0, lower.length() - 2);
    }
    return lower.substring(0, lower.length() - 1);
  }
}
