package io.deixis.bench;

import ai.djl.Device;
import io.deixis.engine.GroundingModel;
import io.deixis.engine.ImageFeatures;
import io.deixis.engine.bundle.ModelBundle;
import io.deixis.engine.image.ImageDecoder;
import io.deixis.engine.image.UprightImage;
import io.deixis.engine.phrase.ContextualPhrase;
import io.deixis.engine.phrase.EncodedPhrases;
import io.deixis.engine.torch.TorchEngine;
import io.deixis.grounding.PhraseMatches;
import io.deixis.language.Phrase;
import io.deixis.language.opennlp.OpenNlpCaptionChunker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The parts of an answer, and {@link #answer} as the whole: what the engine takes by itself, with
 * no HTTP, queue or cache. Run from the repository's root.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(
    value = 1,
    jvmArgs = {"-Xmx1g", "-XX:MaxDirectMemorySize=512m"})
public class GroundingBenchmark {

  private static final String CAPTION =
      "A man in a grey suit walks two dogs on a leash past the wooden bench near the river.";

  /** Name of the bundle. */
  @Param("deixis-small")
  public String model;

  /** Threads of one of the engine's operations. */
  @Param("1")
  public int threads;

  /** The photo. */
  @Param("web/public/examples/astronaut.jpg")
  public String photo;

  private final ImageDecoder decoder = new ImageDecoder(1 << 24, 1 << 24);
  private final OpenNlpCaptionChunker chunker = new OpenNlpCaptionChunker();
  private final AtomicInteger asked = new AtomicInteger();
  private GroundingModel grounding;
  private byte[] encoded;
  private UprightImage image;
  private ImageFeatures features;
  private EncodedPhrases phrases;

  @Setup
  public void load() throws IOException {
    TorchEngine.start(threads);
    grounding = GroundingModel.load(ModelBundle.open(Path.of("models", model)), Device.cpu());
    encoded = Files.readAllBytes(Path.of(photo));
    image = decoder.decode(encoded);
    features = grounding.encode(image);
    phrases = grounding.encode(newPhrase());
  }

  @TearDown
  public void close() {
    grounding.close();
  }

  private List<ContextualPhrase> newPhrase() {
    return List.of(ContextualPhrase.alone("a red cat " + asked.getAndIncrement()));
  }

  @Benchmark
  public UprightImage decode() {
    return decoder.decode(encoded);
  }

  @Benchmark
  public ImageFeatures encodeImage() {
    return grounding.encode(image);
  }

  @Benchmark
  public EncodedPhrases encodePhrase() {
    return grounding.encode(newPhrase());
  }

  @Benchmark
  public List<PhraseMatches> match() {
    return grounding.match(features, phrases);
  }

  @Benchmark
  public List<Phrase> readCaption() {
    return chunker.chunk(CAPTION);
  }

  /** All of it, for a new phrase. */
  @Benchmark
  public List<PhraseMatches> answer() {
    return grounding.match(grounding.encode(decoder.decode(encoded)), newPhrase());
  }
}
