package io.deixis.bench;

import ai.djl.Device;
import com.sun.management.OperatingSystemMXBean;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.ImageFeatures;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.grounding.PhraseMatches;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Asks an imported detector and its own Python library for a phrase in a photo, by turns, and
 * prints what each takes: a photo with one phrase, a further phrase, and the most memory that the
 * process held. Times are those of all threads of a process on the processor, so others that use
 * the machine change them little.
 *
 * <p>Arguments: the bundle's folder; the folder of the model that it was exported from; Python with
 * the libraries of {@code models/export/requirements.txt}; rounds (5); threads of each (1); the
 * photo. Run from the repository's root.
 */
public final class PublishedPeer {

  private final GroundingModel model;
  private final byte[] photo;
  private final BufferedReader answers;
  private final Writer phrases;
  private final List<Double> first = new ArrayList<>();
  private final List<Double> further = new ArrayList<>();
  private final List<Double> peer = new ArrayList<>();
  private double difference;

  private PublishedPeer(GroundingModel model, byte[] photo, Process peer) {
    this.model = model;
    this.photo = photo;
    this.answers = peer.inputReader();
    this.phrases = peer.outputWriter();
  }

  /** Compares. */
  public static void main(String... arguments) throws IOException {
    Path bundle = Path.of(arguments[0]);
    int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;
    String threads = arguments.length > 4 ? arguments[4] : "1";
    String photo = arguments.length > 5 ? arguments[5] : "web/public/examples/child-and-teddy.jpg";
    TorchEngine.start(Integer.parseInt(threads));
    Process peer =
        new ProcessBuilder(
                arguments[2],
                "src/bench/python/published_peer.py",
                "answer",
                arguments[1],
                photo,
                threads)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (GroundingModel model = GroundingModel.load(ModelBundle.open(bundle), Device.cpu())) {
      PublishedPeer comparison = new PublishedPeer(model, Files.readAllBytes(Path.of(photo)), peer);
      comparison.run(rounds);
      comparison.print(peer.pid());
    } finally {
      peer.destroy();
    }
  }

  /** The first round is not counted. */
  private void run(int rounds) throws IOException {
    if (!"ready".equals(answers.readLine())) {
      throw new IOException("The library did not start; run published_peer.py answer by hand");
    }
    for (int round = 0; round <= rounds; round++) {
      ask("dog " + round);
      if (round == 0) {
        List.of(first, further, peer).forEach(List::clear);
      }
    }
  }

  private void ask(String phrase) throws IOException {
    long begun = cpu();
    ImageFeatures features = model.encode(new ImageDecoder(1 << 24, 1 << 24).decode(photo));
    PhraseMatches found = match(features, phrase);
    first.add(since(begun));
    boolean fused = model.manifest().detector().kind().isFused();
    for (int i = 0; i < (fused ? 1 : 5); i++) {
      begun = cpu();
      match(features, phrase + " " + i);
      further.add(since(begun));
    }
    phrases.write(phrase + "\n");
    phrases.flush();
    String[] answer = answers.readLine().split(" ");
    peer.add(Double.parseDouble(answer[0]));
    double score = 1 / (1 + Math.exp(-found.logits().get(0)));
    difference = Math.max(difference, Math.abs(score - Double.parseDouble(answer[1])));
  }

  private PhraseMatches match(ImageFeatures features, String phrase) {
    return model.match(features, model.encode(List.of(ContextualPhrase.alone(phrase)))).get(0);
  }

  private static long cpu() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double since(long begun) {
    return (cpu() - begun) / 1e6;
  }

  private void print(long library) throws IOException {
    double ours = median(first);
    double theirs = median(peer);
    double more = median(further);
    System.out.printf(
        Locale.ROOT, "photo and phrase: Deixis %.0f ms, its library %.0f ms, ", ours, theirs);
    System.out.printf(Locale.ROOT, "ratio %.2f%n", ours / theirs);
    System.out.printf(Locale.ROOT, "a further phrase: Deixis %.1f ms, 1/%.0f%n", more, ours / more);
    System.out.printf(
        "most memory: Deixis %s, its library %s%n", memory("self"), memory("" + library));
    System.out.printf(Locale.ROOT, "best scores differ by at most %.1e%n", difference);
  }

  private static String memory(String process) throws IOException {
    return Files.readAllLines(Path.of("/proc", process, "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB")
        .findFirst()
        .orElse("unknown");
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
