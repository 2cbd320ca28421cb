package io.deixis.grounding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestContextTest {

  @Test
  void eachPartIsSetByItself() {
    Deadline deadline = new Deadline(7);
    Cancellation cancellation = new Cancellation();

    RequestContext context =
        RequestContext.NONE.within(deadline).named("r-1").cancelledBy(cancellation);

    assertThat(context)
        .isEqualTo(
            new RequestContext(
                Optional.of(deadline),
                Optional.of("r-1"),
                Optional.empty(),
                Optional.empty(),
                cancellation));
    Query query = new Query.Phrases(java.util.List.of("a cat"));
    GroundingRequest request =
        new GroundingRequest(new byte[] {1}, query, GroundingOptions.DEFAULTS);
    assertThat(request.context()).isEqualTo(RequestContext.NONE);
    assertThat(request.in(context).context()).isEqualTo(context);
    assertThat(request.in(context).query()).isEqualTo(query);
    assertThat(request.in(context).to("small"))
        .isEqualTo(
            new GroundingRequest(
                request.image(), query, request.options(), Optional.of("small"), context));
  }
}
