package io.deixis.engine.phrase;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedEncoderTest {

  private final List<String> happened = new ArrayList<>();
  private final PhraseEncoder.Kind kind = new Noted("words");

  /** Tells when its encoder is loaded and closed. */
  private final class Noted implements PhraseEncoder.Kind {

    private final String name;

    Noted(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public PhraseEncoder load(Device device) {
      happened.add("load " + name);
      return new PhraseEncoder() {
        @Override
        public int dimension() {
          return 1;
        }

        @Override
        public long bytes() {
          return 7;
        }

        @Override
        public List<EncodedText> read(List<String> texts) {
          happened.add("read " + texts);
          return List.of();
        }

        @Override
        public void close() {
          happened.add("close " + name);
        }
      };
    }

    @Override
    public String fingerprint() {
      return name;
    }
  }

  private static PhraseEncoder share(PhraseEncoder.Kind kind) {
    return SharedEncoder.of(kind, Device.cpu());
  }

  @Test
  void theFirstLoadsItAndTheLastClosesIt() {
    PhraseEncoder first = share(kind);
    PhraseEncoder second = share(kind);
    first.close();
    assertThat(second.read(List.of("a dog"))).isEmpty();
    assertThat(second.bytes()).isEqualTo(7);
    second.close();

    assertThat(happened).containsExactly("load words", "read [a dog]", "close words");
  }

  @Test
  void aShareThatIsClosedTwiceGivesUpNoOther() {
    PhraseEncoder first = share(kind);
    try (PhraseEncoder second = share(kind)) {
      first.close();
      first.close();
      assertThat(happened).containsExactly("load words");
    }
    assertThat(happened).containsExactly("load words", "close words");
  }

  @Test
  void whoComesAfterTheLastLoadsItAnew() {
    share(kind).close();
    share(kind).close();

    assertThat(happened).containsExactly("load words", "close words", "load words", "close words");
  }

  @Test
  void othersAreLoadedBeside() {
    try (PhraseEncoder words = share(kind);
        PhraseEncoder letters = share(new Noted("letters"))) {
      assertThat(happened).containsExactly("load words", "load letters");
    }
  }
}
