package io.deixis.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.deixis.geometry.Box;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The bundled model on the photos for tests, none of which is of its training data, against boxes
 * drawn by hand.
 */
class PlainPhrasesIT {

  private static final double HIT_IOU = 0.5;

  private static final Box LEFT_CAT = box(0, 0, 400, 300);
  private static final Box RIGHT_CAT = box(427, 0, 827, 300);

  /** What one sees first: the subject, what it wears, the large things around it. */
  private static final List<Expectation> PLAIN =
      List.of(
          new Expectation("astronaut", "a woman", box(20, 15, 365, 512)),
          new Expectation("astronaut", "an astronaut", box(20, 15, 365, 512)),
          new Expectation("astronaut", "a smiling person", box(20, 15, 365, 512)),
          new Expectation("astronaut", "an orange suit", box(20, 205, 365, 512)),
          new Expectation("astronaut", "short brown hair", box(153, 15, 302, 128)),
          new Expectation("astronaut", "her face", box(178, 70, 275, 190)),
          new Expectation("astronaut", "an american flag", box(0, 0, 96, 512)),
          new Expectation("astronaut", "a woman in an orange suit", box(20, 15, 365, 512)),
          new Expectation("camera", "a man", box(0, 65, 332, 512)),
          new Expectation("camera", "a man taking a picture", box(0, 65, 332, 512)),
          new Expectation("camera", "a photographer", box(0, 65, 332, 512)),
          new Expectation("camera", "a black coat", box(0, 105, 310, 512)),
          new Expectation("camera", "his dark hair", box(160, 65, 271, 150)),
          new Expectation("camera", "a grassy field", box(0, 232, 512, 512)),
          new Expectation("camera", "the sky", box(0, 0, 512, 190)),
          new Expectation("camera", "a man in a black coat", box(0, 65, 332, 512)),
          new Expectation("camera", "a person", box(0, 65, 332, 512)),
          new Expectation("chelsea", "a cat", box(0, 0, 400, 300)),
          new Expectation("chelsea", "a kitten", box(0, 0, 400, 300)),
          new Expectation("chelsea", "the face of a cat", box(35, 0, 370, 285)),
          new Expectation("chelsea", "an animal", box(0, 0, 400, 300)),
          new Expectation("cats", "the left cat", LEFT_CAT),
          new Expectation("cats", "the right cat", RIGHT_CAT),
          new Expectation("cats", "the cat on the left", LEFT_CAT),
          new Expectation("cats", "the cat on the right", RIGHT_CAT),
          new Expectation("coffee", "a cup of coffee", box(172, 18, 408, 310)),
          new Expectation("coffee", "a saucer", box(76, 66, 480, 390)),
          new Expectation("coffee", "a red cup", box(172, 18, 408, 310)),
          new Expectation("coffee", "a red plate", box(76, 66, 480, 390)),
          new Expectation("coffee", "a wooden table", box(0, 0, 600, 400)),
          new Expectation("coffee", "the table", box(0, 0, 600, 400)),
          new Expectation("rocket", "a rocket", box(307, 126, 337, 408)),
          new Expectation("rocket", "the night sky", box(0, 0, 640, 400)),
          new Expectation("rocket", "the blue sky", box(0, 0, 640, 400)));

  /** Small, rare or ambiguous things, which the model often misses. */
  private static final List<Expectation> HARD =
      List.of(
          new Expectation("astronaut", "a black helmet", box(278, 345, 512, 512)),
          new Expectation("astronaut", "a model of a space shuttle", box(355, 0, 470, 290)),
          new Expectation("camera", "a camera", box(256, 138, 325, 188)),
          new Expectation("camera", "a tripod", box(230, 185, 408, 512)),
          new Expectation("coffee", "a spoon", box(326, 66, 425, 327)),
          new Expectation("coffee", "coffee", box(205, 95, 370, 192)),
          new Expectation(
              "rocket",
              "a metal tower",
              box(0, 0, 88, 427),
              box(558, 0, 640, 427),
              box(168, 123, 206, 400),
              box(438, 123, 480, 427)),
          new Expectation("rocket", "the tower on the left", box(0, 0, 88, 427)),
          new Expectation("rocket", "the tower on the right", box(558, 0, 640, 427)));

  private static PackagedProcess server;

  @BeforeAll
  static void start() throws Exception {
    Path application = Path.of(System.getProperty("deixis.packaged.full")).toRealPath();
    server = new PackagedProcess("plain-phrases", application, List.of(), "serve");
    server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  /** The hard ones are what the model is known to be bad at: they are printed, none has to land. */
  @Test
  void plainPhrasesLand() {
    shareOfHits("hard", HARD);
    assertThat(shareOfHits("plain", PLAIN)).isGreaterThanOrEqualTo(0.8);
  }

  @Test
  void twoOfAKindHaveABoxEach() {
    List<Box> boxes = boxes("cats", "two cats", "best", 2);
    assertThat(boxes).anySatisfy(box -> assertThat(box.iou(LEFT_CAT)).isGreaterThan(HIT_IOU));
    assertThat(boxes).anySatisfy(box -> assertThat(box.iou(RIGHT_CAT)).isGreaterThan(HIT_IOU));
  }

  private static double shareOfHits(String name, List<Expectation> expectations) {
    List<String> misses = new ArrayList<>();
    for (Expectation expectation : expectations) {
      Box best = bestBox(expectation);
      double iou = expectation.truth().stream().mapToDouble(best::iou).max().orElseThrow();
      if (iou < HIT_IOU) {
        misses.add(
            "%s: \"%s\" at %s, IoU %.2f"
                .formatted(expectation.photo(), expectation.phrase(), best, iou));
      }
    }
    int hits = expectations.size() - misses.size();
    System.out.printf(
        "Photos for tests, %s phrases: %d of %d land; misses: %s%n",
        name, hits, expectations.size(), misses);
    return (double) hits / expectations.size();
  }

  private static Box bestBox(Expectation expectation) {
    return boxes(expectation.photo(), expectation.phrase(), "0", 1).get(0);
  }

  private static List<Box> boxes(String photo, String phrase, String threshold, int top) {
    List<List<Number>> boxes =
        given()
            .multiPart("image", new File("web/public/examples/" + photo + ".jpg"))
            .multiPart("phrase", phrase)
            .multiPart("threshold", threshold)
            .multiPart("top", top)
            .post(server.url().resolve("/v1/ground"))
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .get("phrases[0].boxes.box");
    return boxes.stream()
        .map(box -> box.stream().mapToDouble(Number::doubleValue).toArray())
        .map(edges -> box(edges[0], edges[1], edges[2], edges[3]))
        .toList();
  }

  private static Box box(double x1, double y1, double x2, double y2) {
    return new Box(x1, y1, x2, y2);
  }

  /**
   * A phrase and where it is.
   *
   * @param truth any of these will do
   */
  private record Expectation(String photo, String phrase, List<Box> truth) {

    Expectation(String photo, String phrase, Box... truth) {
      this(photo, phrase, List.of(truth));
    }
  }
}
