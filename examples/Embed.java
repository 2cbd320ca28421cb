import io.deixis.engine.EmbeddedGrounder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Grounds phrases in a photo, in this process: no server, no Quarkus started. */
class Embed {
  public static void main(String[] arguments) throws Exception {
    byte[] photo = Files.readAllBytes(Path.of(arguments[0]));
    String[] phrases = Arrays.copyOfRange(arguments, 1, arguments.length);
    try (EmbeddedGrounder grounder = EmbeddedGrounder.open(Path.of("models/deixis-small"))) {
      grounder.ground(photo, phrases).phrases().forEach(System.out::println);
    }
  }
}
