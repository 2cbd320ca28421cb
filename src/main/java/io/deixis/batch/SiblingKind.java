package io.deixis.batch;

import io.deixis.dataset.siblings.SiblingPhrases;
import java.util.ArrayList;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a kind of words that siblings are made of. */
public final class SiblingKind implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    if (SiblingPhrases.kinds().contains(text)) {
      return text;
    }
    throw new TypeConversionException(
        "one of %s, not '%s'".formatted(String.join(", ", SiblingPhrases.kinds()), text));
  }

  /** All of them, for the help. */
  public static final class Names extends ArrayList<String> {

    private static final long serialVersionUID = 1;

    Names() {
      super(SiblingPhrases.kinds());
    }
  }
}
