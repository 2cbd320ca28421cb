package io.deixis.grounding.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.PhraseState;
import io.deixis.grounding.Query;
import io.deixis.grounding.Refusal.Reason;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.SmallLimits;
import io.deixis.grounding.Threshold;
import io.deixis.grounding.Threshold.Fixed;
import io.deixis.grounding.Timings;
import io.deixis.language.Phrase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroundingServiceTest {

  private static final ModelDescription MODEL =
      new ModelDescription(
          "small",
          "1",
          "",
          "",
          Map.of("best", 0.4, "default", 0.5, "unsure", 0.1, "best/people", 0.3),
          Map.of());
  private static final ModelDescription OTHER =
      new ModelDescription("base", "2", "", "", Map.of("best", 0.6), Map.of());

  /** Answers every phrase with boxes of these scores that reach the request's threshold. */
  private static final List<Double> SCORES = List.of(0.45, 0.35, 0.2, 0.05);

  private final List<GroundingRequest> asked = new ArrayList<>();

  private final Grounder grounder =
      new Grounder() {
        @Override
        public GroundingAnswer ground(GroundingRequest request) {
          asked.add(request);
          double limit = request.options().threshold().resolve(Map.of());
          List<ScoredBox> boxes =
              SCORES.stream()
                  .filter(score -> score >= limit)
                  .map(score -> new ScoredBox(new Box(0, 0, 1, 1), score))
                  .toList();
          Phrase man = new Phrase("a man", Optional.empty(), Optional.empty(), List.of("people"));
          return new GroundingAnswer(
              new GroundingAnswer.ImageSize(8, 8),
              Optional.empty(),
              Optional.empty(),
              limit,
              List.of(
                  new GroundedPhrase(Phrase.of("a cat"), 0.45, boxes),
                  new GroundedPhrase(man, 0.45, boxes)),
              new GroundingAnswer.ModelReference("small", "1"),
              new Timings(Map.of(), 1, false));
        }

        @Override
        public ModelDescription model() {
          return MODEL;
        }

        @Override
        public List<ModelDescription> models() {
          return List.of(MODEL, OTHER);
        }
      };

  private record Config(Threshold all, Optional<Threshold> unsure, Map<String, Threshold> types)
      implements ThresholdConfig {}

  private GroundingService service(Threshold all, Threshold unsure, Map<String, Threshold> types) {
    return new GroundingService(
        grounder, new SmallLimits(), new Config(all, Optional.ofNullable(unsure), types));
  }

  private static RequestDraft draft(String threshold, String model) {
    return new RequestDraft(
        new byte[1], "phrase", List.of("a cat"), null, null, threshold, null, null, model);
  }

  private static List<Integer> boxes(GroundingAnswer answer) {
    return answer.phrases().stream().map(phrase -> phrase.boxes().size()).toList();
  }

  @Test
  void theConfiguredThresholdHoldsWhereTheRequestNamesNone() {
    GroundingAnswer answer =
        service(Threshold.BEST, null, Map.of()).ground(draft(null, null), RequestContext.NONE);

    assertThat(answer.threshold()).isEqualTo(0.4);
    assertThat(boxes(answer)).containsExactly(1, 1);
    assertThat(answer.phrases().get(0).state()).hasValue(PhraseState.FOUND);
    assertThat(asked.get(0).options().threshold()).isEqualTo(new Fixed(0.1));
  }

  @Test
  void theRequestsOwnThresholdHoldsForEveryPhrase() {
    GroundingAnswer answer =
        service(Threshold.BEST, null, Map.of("people", new Fixed(0.2)))
            .ground(draft("default", null), RequestContext.NONE);

    assertThat(answer.threshold()).isEqualTo(0.5);
    assertThat(boxes(answer)).containsExactly(0, 0);
    assertThat(answer.phrases().get(0).state()).hasValue(PhraseState.UNSURE);
    assertThat(answer.phrases().get(0).guess().orElseThrow().score()).isEqualTo(0.45);
  }

  @Test
  void aTypeHasAThresholdOfItsOwn() {
    GroundingAnswer answer =
        service(Threshold.BEST, null, Map.of("people", new Fixed(0.04)))
            .ground(draft(null, null), RequestContext.NONE);

    assertThat(boxes(answer)).containsExactly(1, 4);
    assertThat(asked.get(0).options().threshold()).isEqualTo(new Fixed(0.04));
  }

  @Test
  void labelsAreAskedInAsManyRequestsAsTheLimitTakes() {
    Grounder each =
        new Grounder() {
          @Override
          public GroundingAnswer ground(GroundingRequest request) {
            asked.add(request);
            List<GroundedPhrase> answers = new ArrayList<>();
            for (String text : ((Query.Phrases) request.query()).texts()) {
              ScoredBox box = new ScoredBox(new Box(0, 0, 1, 1), text.contains("man") ? 0.45 : 0.2);
              answers.add(new GroundedPhrase(Phrase.of(text), box.score(), List.of(box)));
            }
            return grounder.ground(request).with(answers);
          }

          @Override
          public ModelDescription model() {
            return MODEL;
          }
        };
    GroundingService service =
        new GroundingService(
            each, new SmallLimits(), new Config(Threshold.BEST, Optional.empty(), Map.of()));
    RequestDraft labels =
        new RequestDraft(
            new byte[1], "phrase", List.of("person", "a cat"), null, null, null, null, null, null);

    GroundingAnswer answer = service.label(labels, RequestContext.NONE);

    assertThat(asked.stream().map(GroundingRequest::query).distinct())
        .containsExactly(
            new Query.Phrases(List.of("the person", "the man", "the woman")),
            new Query.Phrases(List.of("the child", "a cat")));
    assertThat(answer.phrases())
        .extracting(GroundedPhrase::text)
        .containsExactly("person", "a cat");
    assertThat(boxes(answer)).containsExactly(1, 0);
    assertThat(answer.phrases().get(1).state()).hasValue(PhraseState.UNSURE);
  }

  @Test
  void theLimitsAreTold() {
    GroundingService service = service(Threshold.BEST, null, Map.of());

    assertThat(service.mostPhrases()).isEqualTo(new SmallLimits().phrases());
    assertThat(service.mostImageBytes()).isEqualTo(new SmallLimits().imageBytes());
    assertThat(new GroundingServiceTest().grounder.model(Optional.of("base"))).isEqualTo(OTHER);
  }

  @Test
  void theBestOfATypeIsTheModelsForItOrThatOfAll() {
    GroundingService service =
        service(Threshold.BEST, null, Map.of("people", Threshold.BEST, "animals", Threshold.BEST));

    assertThat(service.thresholds(MODEL).types())
        .containsExactlyInAnyOrderEntriesOf(Map.of("people", 0.3, "animals", 0.4));
    assertThat(service.thresholds(OTHER).all()).isEqualTo(0.6);
  }

  @Test
  void guessesAreShownFromTheConfiguredScoreOrTheModels() {
    assertThat(service(Threshold.BEST, new Fixed(0.2), Map.of()).thresholds(MODEL).unsureFrom())
        .isEqualTo(0.2);
    assertThat(service(Threshold.BEST, null, Map.of()).thresholds(MODEL).unsureFrom())
        .isEqualTo(0.1);
    assertThat(service(Threshold.BEST, null, Map.of()).thresholds(OTHER).unsureFrom())
        .isEqualTo(0.3);
  }

  @Test
  void aRequestForSomebodyElseHasTheThresholdOfAllAndItsContext() {
    RequestContext context = RequestContext.NONE.named("7");
    GroundingService service = service(Threshold.BEST, null, Map.of("people", new Fixed(0.04)));

    GroundingRequest request = service.request(draft(null, "base"), context);

    assertThat(request.options().threshold()).isEqualTo(new Fixed(0.6));
    assertThat(request.model()).hasValue("base");
    assertThat(request.context().requestId()).hasValue("7");
    assertThat(service.request(draft("0.9", null), context).options().threshold())
        .isEqualTo(new Fixed(0.9));
  }

  @Test
  void aModelThatIsNotThereIsRefusedByName() {
    GroundingService service = service(Threshold.BEST, null, Map.of());

    GroundingException refusal =
        catchThrowableOfType(
            GroundingException.class,
            () -> service.ground(draft(null, "large"), RequestContext.NONE));

    assertThat(refusal.reason()).isEqualTo(Reason.MODEL_UNKNOWN);
    assertThat(refusal)
        .hasMessage("There is no model \"large\"; use small, base.")
        .extracting(each -> ((GroundingException) each).field())
        .isEqualTo(Optional.of("model"));
    assertThat(Grounder.unknown("x".repeat(64), List.of()))
        .hasMessageContaining("x".repeat(64) + "\"");
    assertThat(Grounder.unknown("x".repeat(65), List.of()))
        .hasMessageContaining("x".repeat(64) + "…");
  }

  @Test
  void anImageIsRefusedByItsSizeAlone() {
    GroundingService service = service(Threshold.BEST, null, Map.of());

    service.checkImageBytes(4);
    assertThatThrownBy(() -> service.checkImageBytes(5)).hasMessageContaining("5 bytes");
  }

  @Test
  void aGrounderOfOneModelTellsItAlone() {
    Grounder single =
        new Grounder() {
          @Override
          public GroundingAnswer ground(GroundingRequest request) {
            throw new AssertionError("nothing is grounded here");
          }

          @Override
          public ModelDescription model() {
            throw new GroundingException(Reason.NOT_READY, null, "No model is loaded");
          }
        };

    assertThatThrownBy(single::checkReady).hasMessage("No model is loaded.");
    assertThatThrownBy(single::models).hasMessage("No model is loaded.");
    assertThat(grounder.profile(Optional.of("base")).model()).isEqualTo(OTHER);
    assertThat(grounder.profile(Optional.empty()).model()).isEqualTo(MODEL);
  }
}
