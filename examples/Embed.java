import io.deixis.engine.EmbeddedGrounder;
import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.ScoredBox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Grounds phrases in a photo, in this process: no server, no Quarkus started. */
class Embed {
  public static void main(String[] arguments) throws Exception {
    byte[] photo = Files.readAllBytes(Path.of(arguments[0]));
    String[] phrases = Arrays.copyOfRange(arguments, 1, arguments.length);
    try (EmbeddedGrounder grounder = EmbeddedGrounder.open(Path.of("models/deixis-small"))) {
      for (GroundedPhrase phrase : grounder.ground(photo, phrases).phrases()) {
        if (!phrase.found()) {
          System.out.printf(Locale.ROOT, "%s is not found, %.2f%n", phrase.text(), phrase.score());
        }
        for (ScoredBox found : phrase.boxes()) {
          Box box = found.box();
          System.out.printf(
              Locale.ROOT,
              "%s %.2f %.0f %.0f %.0f %.0f%n",
              phrase.text(),
              found.score(),
              box.x1(),
              box.y1(),
              box.x2(),
              box.y2());
        }
      }
    }
  }
}
