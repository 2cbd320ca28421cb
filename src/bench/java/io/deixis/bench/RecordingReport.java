package io.deixis.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Tells which stage of a request the samples of a flight recording fall into: where a server's
 * threads are when they work. Samples of threads that wait for the network are left out.
 *
 * <p>System property: {@code bench.recording}, a file of {@code -XX:StartFlightRecording}.
 */
public final class RecordingReport {

  private static final Set<String> SAMPLES =
      Set.of("jdk.ExecutionSample", "jdk.NativeMethodSample");

  /** A stage is told by a class on the stack; the first that is there counts. */
  private static final Map<String, String> STAGES = new LinkedHashMap<>();

  static {
    STAGES.put("io.deixis.engine.image.ImageDecoder", "decode");
    STAGES.put("io.deixis.engine.backbone.ImageTensor", "scale to the backbone's input");
    STAGES.put("io.deixis.engine.backbone.TorchScriptBackbone", "backbone");
    STAGES.put("io.deixis.engine.region.", "regions: RoIAlign and projection");
    STAGES.put("io.deixis.engine.phrase.", "phrases");
    STAGES.put("io.deixis.engine.matching.", "matching, and regions in the heads' space");
    STAGES.put("io.deixis.engine.", "engine, else");
    STAGES.put("org.jboss.resteasy.", "HTTP and JSON");
    STAGES.put("io.netty.", "HTTP and JSON");
  }

  private RecordingReport() {}

  /** Reads the recording and prints a table. */
  public static void main(String... arguments) throws IOException {
    Map<String, Integer> counts = new LinkedHashMap<>();
    STAGES.values().forEach(stage -> counts.put(stage, 0));
    counts.put("else", 0);
    for (RecordedEvent event :
        RecordingFile.readAllEvents(Path.of(System.getProperty("bench.recording")))) {
      RecordedStackTrace stack = event.getStackTrace();
      if (SAMPLES.contains(event.getEventType().getName()) && stack != null && !waits(stack)) {
        counts.merge(stage(stack), 1, Integer::sum);
      }
    }
    int all = Math.max(1, counts.values().stream().mapToInt(Integer::intValue).sum());
    System.out.printf("%n%d samples%n", all);
    counts.forEach(
        (stage, count) ->
            System.out.printf(Locale.ROOT, "  %-42s %5.1f %%%n", stage, 100.0 * count / all));
  }

  private static boolean waits(RecordedStackTrace stack) {
    String top = type(stack.getFrames().get(0));
    return top.startsWith("sun.nio.ch.") || top.startsWith("java.net.");
  }

  private static String stage(RecordedStackTrace stack) {
    return STAGES.entrySet().stream()
        .filter(
            stage -> stack.getFrames().stream().anyMatch(f -> type(f).startsWith(stage.getKey())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("else");
  }

  private static String type(RecordedFrame frame) {
    return frame.getMethod().getType().getName();
  }
}
