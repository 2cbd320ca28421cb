package io.deixis.batch.ground;

import io.deixis.geometry.Box;
import io.deixis.grounding.GroundedPhrase;
import io.deixis.grounding.Grounder;
import io.deixis.grounding.GroundingAnswer;
import io.deixis.grounding.GroundingException;
import io.deixis.grounding.GroundingRequest;
import io.deixis.grounding.ModelDescription;
import io.deixis.grounding.Query;
import io.deixis.grounding.Refusal;
import io.deixis.grounding.ScoredBox;
import io.deixis.grounding.Timings;
import io.deixis.language.Phrase;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a cat at one place in every image and nothing else; refuses images whose bytes are not the
 * word "image". Remembers what it was asked.
 */
final class ConstantGrounder implements Grounder {

  static final byte[] IMAGE = "image".getBytes(StandardCharsets.US_ASCII);

  final List<GroundingRequest> requests = Collections.synchronizedList(new ArrayList<>());

  @Override
  public GroundingAnswer ground(GroundingRequest request) {
    requests.add(request);
    if (new String(request.image(), StandardCharsets.US_ASCII).equals("damaged")) {
      throw new GroundingException(Refusal.Reason.IMAGE_BROKEN, "image", "The image is damaged.");
    }
    if (!new String(request.image(), StandardCharsets.US_ASCII).equals("image")) {
      throw new GroundingException(
          Refusal.Reason.IMAGE_UNSUPPORTED, "image", "This is not an image.");
    }
    List<String> texts =
        request.query() instanceof Query.Phrases phrases ? phrases.texts() : List.of("a cat");
    return new GroundingAnswer(
        new GroundingAnswer.ImageSize(500, 375),
        Optional.empty(),
        Optional.empty(),
        0.5,
        texts.stream().map(ConstantGrounder::grounded).toList(),
        new GroundingAnswer.ModelReference("constant", "1"),
        new Timings(Map.of("decode", 2.0), 12.0, false));
  }

  private static GroundedPhrase grounded(String text) {
    return text.equals("a cat")
        ? new GroundedPhrase(
            Phrase.of(text),
            0.875,
            List.of(
                new ScoredBox(new Box(10, 20, 110.4, 220), 0.875),
                new ScoredBox(new Box(0, 0, 50, 60), 0.625)))
        : new GroundedPhrase(Phrase.of(text), 0.125, List.of());
  }

  @Override
  public ModelDescription model() {
    return new ModelDescription(
        "constant", "1", "Finds cats.", "Apache-2.0", Map.of("best", 0.5), Map.of());
  }
}
