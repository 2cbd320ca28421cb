package io.deixis.language.opennlp;

import io.deixis.language.CaptionChunker;
import io.deixis.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import opennlp.tools.postag.POSModel;

/**
 * Chunks English captions with OpenNLP's part-of-speech tagger and a small grammar over its tags.
 *
 * <p>The model (1.2 MB, from its Maven artifact) is loaded by the first caption that comes.
 */
@ApplicationScoped
public class OpenNlpCaptionChunker implements CaptionChunker {

  private static final String MODEL = "/opennlp-en-ud-ewt-pos-1.3-2.5.4.bin";

  private CaptionTagger tagger;

  @Override
  public List<Phrase> chunk(String caption) {
    return NounPhraseGrammar.phrases(tagger().words(caption)).stream()
        .map(span -> new Phrase(span.of(caption), Optional.of(span), Optional.empty(), List.of()))
        .toList();
  }

  /** Returns the part of speech of each word of a text. */
  String[] tags(String[] words) {
    return tagger().tags(words);
  }

  private synchronized CaptionTagger tagger() {
    if (tagger == null) {
      tagger = new CaptionTagger(loadModel());
    }
    return tagger;
  }

  private static POSModel loadModel() {
    try (InputStream model = OpenNlpCaptionChunker.class.getResourceAsStream(MODEL)) {
      return new POSModel(model);
    } catch (IOException e) {
      throw new UncheckedIOException("The part-of-speech model cannot be read", e);
    }
  }
}
