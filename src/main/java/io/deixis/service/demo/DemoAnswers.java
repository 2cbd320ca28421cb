package io.deixis.service.demo;

import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.RequestContext;
import io.deixis.grounding.requests.GroundingService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Answers the demo page's questions with every candidate box. */
@ApplicationScoped
class DemoAnswers {

  private final GroundingService service;
  private final Map<ExampleQuestion, GroundingAnswer> examples = new ConcurrentHashMap<>();

  private record ExampleQuestion(ExamplePhoto example, String model, String version) {}

  DemoAnswers(GroundingService service) {
    this.service = service;
  }

  /**
   * Answers the caption that an example comes with; the answer is remembered, since the page opens
   * with one.
   *
   * @throws GroundingException as {@link GroundingService#ground}
   */
  GroundingAnswer toCaptionOf(ExamplePhoto example, ModelDescription model) {
    ExampleQuestion question = new ExampleQuestion(example, model.name(), model.version());
    GroundingAnswer known = examples.get(question);
    if (known != null) {
      return known;
    }
    GroundingAnswer answer =
        to(DemoForm.of(example, Optional.of(model.name())), RequestContext.NONE);
    examples.put(question, answer);
    return answer;
  }

  /**
   * Answers a form.
   *
   * @param context what else came with it
   * @return boxes in the pixels of the photo before it was scaled, phrases with their places in the
   *     caption
   * @throws GroundingException as {@link GroundingService#ground}, or if the form breaks a limit
   */
  GroundingAnswer to(DemoForm form, RequestContext context) {
    GroundingAnswer answer = service.ground(form.draft(), context);
    Words words = form.words();
    if (words.reading() == Words.Reading.SENTENCE && !words.spans().isEmpty()) {
      answer = answer.inCaption(words.text(), words.spans());
    }
    return form.originalSize().map(answer::scaledTo).orElse(answer);
  }
}
