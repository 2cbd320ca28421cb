package io.deixis.dataset.synthetic;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntitySentence;
import io.deixis.geometry.Box;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Describes a scene in captions with entity markup, and keeps the boxes of the chains it names.
 * Every phrase is true of its boxes and of nothing else in the scene.
 */
final class SceneCaptions {

  /** Captions of an image, as many as in Flickr30k. */
  private static final int CAPTIONS = 5;

  /** From this ratio of areas on, one of two figures is called big and the other small. */
  private static final double BIG = 1.6;

  private final Scene scene;
  private final Random random;
  private final int firstChain;

  private final Map<String, String> chains = new LinkedHashMap<>();
  private final Map<String, List<Box>> boxes = new LinkedHashMap<>();
  private final Set<String> scenes = new LinkedHashSet<>();
  private final Set<String> withoutBox = new LinkedHashSet<>();

  /**
   * Creates the describer.
   *
   * @param scene what to describe
   * @param firstChain the number of the image's first chain
   * @param random what chooses the wording
   */
  SceneCaptions(Scene scene, int firstChain, Random random) {
    this.scene = scene;
    this.firstChain = firstChain;
    this.random = random;
  }

  /** Returns the image's annotations. */
  AnnotatedImage annotate(String id) {
    List<Supplier<String>> templates = templates();
    Collections.shuffle(templates, random);
    List<EntitySentence> sentences = new ArrayList<>();
    for (int i = 0; i < CAPTIONS; i++) {
      sentences.add(EntitySentence.parse(templates.get(i % templates.size()).get()));
    }
    return new AnnotatedImage(
        id, scene.width(), scene.height(), boxes, scenes, withoutBox, sentences);
  }

  private List<Supplier<String>> templates() {
    List<Supplier<String>> templates = new ArrayList<>();
    templates.add(this::twoFigures);
    templates.add(this::leftAndRight);
    templates.add(this::weather);
    for (Figure figure : scene.figures()) {
      if (figure.kind().garment().isPresent() && twin(figure).isEmpty()) {
        templates.add(() -> clothes(figure));
      }
    }
    for (Figure figure : scene.figures()) {
      twin(figure)
          .filter(other -> isLeftOf(figure, other))
          .ifPresent(
              right -> {
                templates.add(() -> sides(figure, right));
                templates.add(() -> pair(figure, right));
                if (isBig(figure, right) || isBig(right, figure)) {
                  templates.add(() -> sizes(figure, right));
                }
              });
    }
    return templates;
  }

  private String twoFigures() {
    List<Figure> figures = new ArrayList<>(scene.figures());
    Collections.shuffle(figures, random);
    return "%s and %s in %s ."
        .formatted(coloured("A", figures.get(0)), coloured("a", figures.get(1)), place());
  }

  private String leftAndRight() {
    int left = random.nextInt(scene.figures().size() - 1);
    return "%s is to the left of %s ."
        .formatted(
            coloured("A", scene.figures().get(left)), coloured("a", scene.figures().get(left + 1)));
  }

  private String weather() {
    withoutBox.add(chain("wind"));
    return "In [/EN#0/notvisual the morning] [/EN#%s/other the wind] blows over %s under %s ."
        .formatted(chain("wind"), ground(), sky());
  }

  private String clothes(Figure person) {
    String garment = person.colour().word() + " " + person.kind().garment().orElseThrow();
    return "%s in %s stands on %s ."
        .formatted(
            figure(person, "A " + person.kind().noun),
            phrase(
                chain("garment of " + person),
                "clothing",
                withArticle("a", garment),
                List.of(person.garmentBox())),
            ground());
  }

  private String sides(Figure left, Figure right) {
    String noun = left.kind().noun;
    return "%s is beside %s ."
        .formatted(
            figure(left, "The " + noun + " on the left"),
            figure(right, "the " + noun + " on the right"));
  }

  private String pair(Figure left, Figure right) {
    return "%s can be seen in %s ."
        .formatted(
            phrase(
                chain("pair"),
                left.kind().type,
                "Two " + left.kind().plural,
                List.of(left.box(), right.box())),
            place());
  }

  private String sizes(Figure one, Figure other) {
    Figure big = isBig(one, other) ? one : other;
    Figure small = big == one ? other : one;
    String noun = one.kind().noun;
    return "%s is larger than %s ."
        .formatted(figure(big, "The big " + noun), figure(small, "the small " + noun));
  }

  /** Names a figure by its colour, which no other figure has. */
  private String coloured(String article, Figure figure) {
    String noun = figure.kind().noun;
    String colour = figure.colour().word();
    return figure.kind().garment().isPresent()
        ? figure(figure, article + " " + noun + " in " + colour)
        : figure(figure, withArticle(article, colour + " " + noun));
  }

  private String figure(Figure figure, String words) {
    return phrase(chain(figure), figure.kind().type, words, List.of(figure.box()));
  }

  private String place() {
    scenes.add(chain("place"));
    return "[/EN#%s/scene %s]".formatted(chain("place"), scene.backdrop().place);
  }

  private String ground() {
    Box box = new Box(0, scene.horizon(), scene.width() - 1.0, scene.height() - 1.0);
    return phrase(chain("ground"), "scene", scene.backdrop().ground, List.of(box));
  }

  private String sky() {
    Box box = new Box(0, 0, scene.width() - 1.0, scene.horizon());
    return phrase(chain("sky"), "other", "the sky", List.of(box));
  }

  private String phrase(String chain, String type, String words, List<Box> truth) {
    boxes.put(chain, truth);
    return "[/EN#%s/%s %s]".formatted(chain, type, words);
  }

  /** Returns the id of the chain that names {@code thing}, a new one at first. */
  private String chain(Object thing) {
    return chains.computeIfAbsent(
        thing.toString(), key -> String.valueOf(firstChain + chains.size()));
  }

  private Optional<Figure> twin(Figure figure) {
    return scene.figures().stream()
        .filter(other -> other != figure && other.kind() == figure.kind())
        .findFirst();
  }

  private boolean isLeftOf(Figure one, Figure other) {
    return scene.figures().indexOf(one) < scene.figures().indexOf(other);
  }

  private static boolean isBig(Figure one, Figure other) {
    return one.box().area() >= BIG * other.box().area();
  }

  private static String withArticle(String article, String words) {
    return article + ("aeiou".indexOf(words.charAt(0)) >= 0 ? "n " : " ") + words;
  }
}
