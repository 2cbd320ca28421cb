package io.deixis.bench;

import io.deixis.geometry.Box;
import io.deixis.grounding.PhraseMatches;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.relations.Resolver;
import io.deixis.language.Reading;
import io.deixis.language.opennlp.EnglishQueryReader;
import io.deixis.language.opennlp.OpenNlpCaptionChunker;
import io.deixis.metrics.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long it takes to read a query, and to resolve it over 160 candidates a phrase. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QueryBenchmark {

  private static final int CANDIDATES = 160;

  @Param({
    "the second dog from the left",
    "can you show me the man left of the woman in the red coat?",
    "all people",
    "the wmoan in red"
  })
  public String query;

  private final EnglishQueryReader reader = new EnglishQueryReader(new OpenNlpCaptionChunker());
  private final PhraseMatches matches = matches();

  /** Reads. */
  @Benchmark
  public Reading read() {
    return reader.read(query);
  }

  /** Reads and resolves. */
  @Benchmark
  public List<ScoredBox> readAndResolve() {
    return new Resolver(phrase -> matches, 640, 480, Calibration.IDENTITY)
        .resolve(reader.read(query));
  }

  private static PhraseMatches matches() {
    Random random = new Random(7);
    List<Box> boxes = new ArrayList<>();
    List<Float> logits = new ArrayList<>();
    for (int i = 0; i < CANDIDATES; i++) {
      double x = random.nextDouble(560);
      double y = random.nextDouble(400);
      boxes.add(new Box(x, y, x + 20 + random.nextDouble(60), y + 20 + random.nextDouble(60)));
      logits.add(3f - 0.05f * i);
    }
    return new PhraseMatches(boxes, logits);
  }
}
