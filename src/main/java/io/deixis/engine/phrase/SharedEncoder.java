package io.deixis.engine.phrase;

import ai.djl.Device;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A share in an encoder that several models use: the first share loads it, the last one that is
 * closed closes it.
 */
final class SharedEncoder implements PhraseEncoder {

  private static final Map<Key, Loaded> LOADED = new HashMap<>();

  private final Key key;
  private final Loaded loaded;
  private boolean closed;

  private SharedEncoder(Key key, Loaded loaded) {
    this.key = key;
    this.loaded = loaded;
  }

  /** What tells encoders apart that are not the same. */
  private record Key(Kind kind, Device device) {}

  /** An encoder and how many shares in it are open. */
  private static final class Loaded {

    private final PhraseEncoder encoder;
    private int shares;

    Loaded(PhraseEncoder encoder) {
      this.encoder = encoder;
    }
  }

  /** Takes a share; the caller closes it. */
  static SharedEncoder of(Kind kind, Device device) {
    Key key = new Key(kind, device);
    synchronized (LOADED) {
      Loaded loaded = LOADED.computeIfAbsent(key, absent -> new Loaded(kind.load(device)));
      loaded.shares++;
      return new SharedEncoder(key, loaded);
    }
  }

  @Override
  public int dimension() {
    return loaded.encoder.dimension();
  }

  @Override
  public long bytes() {
    return loaded.encoder.bytes();
  }

  @Override
  public List<EncodedText> read(List<String> texts) {
    return loaded.encoder.read(texts);
  }

  @Override
  public EncodedPhrases encode(List<String> phrases) {
    return loaded.encoder.encode(phrases);
  }

  @Override
  public List<Optional<float[]>> contexts(List<ContextualPhrase> phrases) {
    return loaded.encoder.contexts(phrases);
  }

  @Override
  public EncodedPhrases encodeInContext(List<ContextualPhrase> phrases) {
    return loaded.encoder.encodeInContext(phrases);
  }

  @Override
  public void close() {
    synchronized (LOADED) {
      if (closed) {
        return;
      }
      closed = true;
      loaded.shares--;
      if (loaded.shares == 0) {
        LOADED.remove(key);
        loaded.encoder.close();
      }
    }
  }
}
