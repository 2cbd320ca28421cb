package io.deixis.service.function.funqy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What Funqy reads of a body: nothing. Its reader passes over members that it does not know and
 * says of a broken body only that it is broken; the function has its own, the one of every binding.
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
