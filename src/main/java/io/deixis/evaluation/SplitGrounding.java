package io.deixis.evaluation;

import static java.util.stream.Collectors.toSet;

import io.deixis.dataset.AnnotatedImage;
import io.deixis.dataset.EntityPhrase;
import io.deixis.dataset.GroundTruth;
import io.deixis.dataset.GroundingDataset;
import io.deixis.geometry.Box;
import io.deixis.grounding.CandidateModel;
import io.deixis.grounding.PhraseMatches;
import io.deixis.grounding.ResolvedQuery;
import io.deixis.grounding.relations.Resolver;
import io.deixis.language.Phrase;
import io.deixis.language.QueryReader;
import io.deixis.language.Reading;
import io.deixis.language.Span;
import io.deixis.metrics.Calibration;
import io.deixis.runlog.TrainingListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Asks a model for all phrases of the images of a split, as requests would. */
public final class SplitGrounding implements GroundedImages {

  private final GroundingDataset data;
  private final CandidateModel model;
  private final TrainingListener listener;
  private final boolean inSentences;
  private final Optional<QueryReader> reader;
  private final AbsentQuestions questions;

  /** Prepares a run in which each phrase is read in the sentence that it stands in. */
  public SplitGrounding(GroundingDataset data, CandidateModel model, TrainingListener listener) {
    this(data, model, listener, true, Optional.empty(), new AbsentQuestions(Set.of()));
  }

  private SplitGrounding(
      GroundingDataset data,
      CandidateModel model,
      TrainingListener listener,
      boolean inSentences,
      Optional<QueryReader> reader,
      AbsentQuestions questions) {
    this.data = data;
    this.model = model;
    this.listener = listener;
    this.inSentences = inSentences;
    this.reader = reader;
    this.questions = questions;
  }

  /** Returns the same run with each phrase read by itself, as if somebody typed only that. */
  public SplitGrounding withoutSentences() {
    return new SplitGrounding(data, model, listener, false, reader, questions);
  }

  /**
   * Returns the same run with each phrase asked as a query that somebody typed: it is read, and
   * what it says of its thing is resolved.
   */
  public SplitGrounding asQueries(QueryReader queries) {
    return new SplitGrounding(data, model, listener, false, Optional.of(queries), questions);
  }

  /**
   * Returns the same run of a model that was not trained with siblings of some kinds, which are
   * told apart.
   *
   * @throws IllegalArgumentException if there is no kind of a name
   */
  public SplitGrounding withUnseenKinds(Collection<String> kinds) {
    return new SplitGrounding(
        data, model, listener, inSentences, reader, new AbsentQuestions(kinds));
  }

  /**
   * What the model makes of an image.
   *
   * @param image the annotations
   * @param candidates the unrefined candidates, in pixels of the image as annotated; none if the
   *     model finds others for each phrase
   * @param matches each phrase's candidates, refined and sorted, in the same pixels; the phrase is
   *     read in its sentence, or by itself if the run is without sentences
   * @param alone the same by the phrase's words, read by themselves; empty unless negatives are
   *     asked for
   * @param negatives the same for phrases that the image does not show
   */
  public record Grounded(
      AnnotatedImage image,
      List<Box> candidates,
      Map<GroundTruth, PhraseMatches> matches,
      Map<String, PhraseMatches> alone,
      Map<AbsentQuestion, PhraseMatches> negatives) {

    /** Returns the boxes that a phrase was matched with. */
    List<Box> candidates(GroundTruth truth) {
      return candidates.isEmpty() ? matches.get(truth).boxes() : candidates;
    }
  }

  @Override
  public void run(List<String> ids, boolean withNegatives, Consumer<Grounded> consumer) {
    run(ids, neighbours(ids), withNegatives, consumer);
  }

  /** Returns for each image the one before it in the split, whose phrases it is asked for. */
  public static List<String> neighbours(List<String> ids) {
    List<String> neighbours = new ArrayList<>(ids);
    Collections.rotate(neighbours, 1);
    return neighbours;
  }

  /**
   * As the other method, for a part of a split.
   *
   * @param others for each image the one of whose phrases it is asked for those that are absent
   */
  public void run(
      List<String> ids, List<String> others, boolean withNegatives, Consumer<Grounded> consumer) {
    Map<String, AnnotatedImage> annotated = new HashMap<>();
    ids.forEach(id -> annotated.put(id, data.read(id)));
    if (withNegatives) {
      others.forEach(id -> annotated.computeIfAbsent(id, data::read));
    }
    try (ReadAhead<CandidateModel.DecodedImage> images =
        new ReadAhead<>(data, ids, model::decode)) {
      for (int i = 0; i < ids.size(); i++) {
        AnnotatedImage image = annotated.get(ids.get(i));
        CandidateModel.EncodedImage encoded = images.next().encode(image.width(), image.height());
        Map<String, PhraseMatches> alone =
            withNegatives || !inSentences
                ? asked(encoded, image, AbsentQuestions.texts(image))
                : Map.of();
        consumer.accept(
            new Grounded(
                image,
                encoded.candidates(),
                inSentences ? inSentences(encoded, image) : byText(image, alone),
                alone,
                withNegatives ? absent(encoded, image, annotated.get(others.get(i))) : Map.of()));
        listener.onStep(new TrainingListener.Progress("grounding", i + 1L, ids.size(), Map.of()));
      }
    }
  }

  /** Asks for the phrases sentence by sentence, as annotated captions are asked for. */
  private static Map<GroundTruth, PhraseMatches> inSentences(
      CandidateModel.EncodedImage encoded, AnnotatedImage image) {
    Map<Integer, List<GroundTruth>> bySentence = new LinkedHashMap<>();
    for (GroundTruth truth : image.groundTruth()) {
      bySentence.computeIfAbsent(truth.sentence(), sentence -> new ArrayList<>()).add(truth);
    }
    Map<GroundTruth, PhraseMatches> matches = new HashMap<>();
    bySentence.forEach(
        (sentence, truths) -> {
          String caption = image.sentences().get(sentence).text();
          List<Phrase> phrases = truths.stream().map(truth -> phrase(truth.phrase())).toList();
          List<PhraseMatches> answers =
              encoded.match(new ResolvedQuery(Optional.of(caption), phrases));
          for (int i = 0; i < truths.size(); i++) {
            matches.put(truths.get(i), answers.get(i));
          }
        });
    return matches;
  }

  private static Phrase phrase(EntityPhrase phrase) {
    int start = phrase.firstChar();
    return new Phrase(
        phrase.text(),
        Optional.of(new Span(start, start + phrase.text().length())),
        Optional.of(phrase.chain()),
        phrase.types());
  }

  private static Map<GroundTruth, PhraseMatches> byText(
      AnnotatedImage image, Map<String, PhraseMatches> alone) {
    Map<GroundTruth, PhraseMatches> matches = new HashMap<>();
    image.groundTruth().forEach(truth -> matches.put(truth, alone.get(truth.phrase().text())));
    return matches;
  }

  private Map<AbsentQuestion, PhraseMatches> absent(
      CandidateModel.EncodedImage encoded, AnnotatedImage image, AnnotatedImage other) {
    Set<AbsentQuestion> asked = questions.of(image, other);
    Map<String, PhraseMatches> byText =
        asked(encoded, image, asked.stream().map(AbsentQuestion::text).collect(toSet()));
    Map<AbsentQuestion, PhraseMatches> answers = new LinkedHashMap<>();
    asked.forEach(question -> answers.put(question, byText.get(question.text())));
    return answers;
  }

  /** Asks for texts by themselves, or for what they are read as. */
  private Map<String, PhraseMatches> asked(
      CandidateModel.EncodedImage encoded, AnnotatedImage image, Set<String> texts) {
    if (reader.isEmpty() || inSentences) {
      return match(encoded, texts);
    }
    Map<String, Reading> readings = new LinkedHashMap<>();
    texts.forEach(text -> readings.put(text, reader.get().read(text)));
    Set<String> needed = new LinkedHashSet<>();
    readings.values().forEach(reading -> needed.addAll(Resolver.phrases(reading)));
    Resolver resolver =
        new Resolver(
            match(encoded, needed)::get, image.width(), image.height(), Calibration.IDENTITY);
    Map<String, PhraseMatches> answers = new LinkedHashMap<>();
    readings.forEach((text, reading) -> answers.put(text, resolver.matches(reading)));
    return answers;
  }

  private static Map<String, PhraseMatches> match(
      CandidateModel.EncodedImage encoded, Set<String> texts) {
    if (texts.isEmpty()) {
      return Map.of();
    }
    List<Phrase> phrases = texts.stream().map(Phrase::of).toList();
    List<PhraseMatches> answers = encoded.match(new ResolvedQuery(Optional.empty(), phrases));
    Map<String, PhraseMatches> matches = new LinkedHashMap<>();
    for (int i = 0; i < phrases.size(); i++) {
      matches.put(phrases.get(i).text(), answers.get(i));
    }
    return matches;
  }
}
