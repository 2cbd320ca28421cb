package io.deixis.service.demo;

import io.deixis.answers.AnswerDocument;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.RequestContext;
import io.deixis.service.RequestChecker;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Answers the demo page's questions with every candidate box. */
@ApplicationScoped
class DemoAnswers {

  private final Grounder grounder;
  private final RequestChecker checker;
  private final Map<ExampleQuestion, AnswerDocument> examples = new ConcurrentHashMap<>();

  private record ExampleQuestion(ExamplePhoto example, String model, String version) {}

  DemoAnswers(Grounder grounder, RequestChecker checker) {
    this.grounder = grounder;
    this.checker = checker;
  }

  /**
   * Answers the caption that an example comes with; the answer is remembered, since the page opens
   * with one.
   *
   * @throws GroundingException as {@link Grounder#ground}
   */
  AnswerDocument toCaptionOf(ExamplePhoto example, ModelDescription model) {
    ExampleQuestion question = new ExampleQuestion(example, model.name(), model.version());
    AnswerDocument known = examples.get(question);
    if (known != null) {
      return known;
    }
    AnswerDocument answer = to(DemoForm.of(example), RequestContext.NONE);
    examples.put(question, answer);
    return answer;
  }

  /**
   * Answers a form.
   *
   * @param context what else came with it
   * @return boxes in the pixels of the photo before it was scaled, phrases with their places in the
   *     caption
   * @throws GroundingException as {@link Grounder#ground}, or if the form breaks a limit
   */
  AnswerDocument to(DemoForm form, RequestContext context) {
    AnswerDocument answer =
        AnswerDocument.of(grounder.ground(checker.check(form.draft()).in(context)));
    Words words = form.words();
    if (words.reading() == Words.Reading.SENTENCE && !words.spans().isEmpty()) {
      answer = answer.inCaption(words.text(), words.spans());
    }
    return form.originalSize().map(answer::scaledTo).orElse(answer);
  }
}
