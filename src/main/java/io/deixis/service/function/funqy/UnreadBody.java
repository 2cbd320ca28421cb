package io.deixis.service.function.funqy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A body that Funqy does not read. Its reader ignores unknown members, and its message for a broken
 * body gives no reason. So the function reads the body itself, as every binding does.
 */
@JsonDeserialize(using = UnreadBody.Reader.class)
public final class UnreadBody {

  private static final UnreadBody INSTANCE = new UnreadBody();

  private UnreadBody() {}

  /** Leaves the body as it is. */
  @RegisterForReflection
  static final class Reader extends JsonDeserializer<UnreadBody> {

    @Override
    public UnreadBody deserialize(JsonParser parser, DeserializationContext context) {
      return INSTANCE;
    }
  }
}
