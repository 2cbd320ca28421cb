package io.deixis.files;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A JSON object of a file that somebody else wrote, whose fields are of the type asked for or
 * refused in one sentence.
 *
 * @param node the object
 * @param place where it is in its document, such as {@code images[3]}; empty for the document
 *     itself
 */
public record JsonFields(JsonNode node, String place) {

  /** A field that is not what it should be; the message is the beginning of a sentence. */
  public static final class BadField extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates the exception. */
    public BadField(String message) {
      super(message);
    }
  }

  /**
   * Takes an object.
   *
   * @throws BadField if {@code node} is something else
   */
  public JsonFields {
    if (node == null || !node.isObject()) {
      throw new BadField((place.isEmpty() ? "the document" : place) + " is no JSON object");
    }
  }

  /**
   * Reads a document that is one object.
   *
   * @throws BadField if it is another JSON value
   */
  public static JsonFields of(String document) throws JsonProcessingException {
    return new JsonFields(JsonMappers.DOCUMENTS.readTree(document), "");
  }

  /** Returns what is wrong with a document that is no JSON, in plain words. */
  public static String problem(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    if (message != null && message.startsWith("Duplicate field")) {
      return message.replace("Duplicate field", "the field") + " is there twice";
    }
    if (message != null && message.startsWith("Trailing token")) {
      return "something follows the document";
    }
    return e instanceof JsonParseException ? "it is no JSON" : "it breaks off";
  }

  /** Returns the line in which {@code e} was found, or 0. */
  public static int line(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null ? 0 : Math.max(0, location.getLineNr());
  }

  /** Returns whether a field is there and not null. */
  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** Returns an object in a field. */
  public JsonFields object(String field) {
    return new JsonFields(node.get(field), at(field));
  }

  /** Returns the elements of a list in a field. */
  public List<JsonNode> list(String field) {
    return elements(node.get(field), at(field));
  }

  /** Returns a text that is not blank. */
  public String text(String field) {
    JsonNode value = node.get(field);
    if (value == null || !value.isTextual() || value.textValue().isBlank()) {
      throw new BadField(at(field) + " is no text");
    }
    return value.textValue();
  }

  /** Returns a whole number above 0. */
  public int size(String field) {
    return whole(field, 1, "above 0");
  }

  /** Returns a whole number of at least 0. */
  public int count(String field) {
    return whole(field, 0, "of at least 0");
  }

  private int whole(String field, int least, String range) {
    JsonNode value = node.get(field);
    if (value == null
        || !value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least) {
      throw new BadField(at(field) + " is no whole number " + range);
    }
    return value.intValue();
  }

  /** Returns a list of finite numbers. */
  public List<Double> numbers(String field) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode number : list(field)) {
      if (!number.isNumber() || !Double.isFinite(number.doubleValue())) {
        throw new BadField(at(field) + " is no list of numbers");
      }
      numbers.add(number.doubleValue());
    }
    return numbers;
  }

  /** Returns a list of texts. */
  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : list(field)) {
      if (!text.isTextual()) {
        throw new BadField(at(field) + " is no list of texts");
      }
      texts.add(text.textValue());
    }
    return texts;
  }

  /** Returns an id, a whole number or a text, as text. */
  public String id(String field) {
    JsonNode value = node.get(field);
    if (value == null || !(value.isIntegralNumber() || value.isTextual())) {
      throw new BadField(at(field) + " is neither a whole number nor a text");
    }
    return value.asText();
  }

  /** Returns four finite numbers in a field. */
  public double[] box(String field) {
    return box(node.get(field), at(field));
  }

  /** Returns four finite numbers. */
  public static double[] box(JsonNode value, String at) {
    double[] numbers = new double[4];
    boolean good = value != null && value.isArray() && value.size() == numbers.length;
    for (int i = 0; good && i < numbers.length; i++) {
      numbers[i] = value.get(i).doubleValue();
      good = value.get(i).isNumber() && Double.isFinite(numbers[i]);
    }
    if (!good) {
      throw new BadField(at + " is no list of four numbers");
    }
    return numbers;
  }

  /**
   * Returns the spans in a field as pairs of UTF-16 positions.
   *
   * @param text which they point into, counted in Unicode code points, as Python does
   */
  public List<int[]> spans(String field, String text) {
    List<int[]> spans = new ArrayList<>();
    int length = text.codePointCount(0, text.length());
    for (JsonNode span : list(field)) {
      boolean good =
          span.isArray()
              && span.size() == 2
              && span.get(0).isIntegralNumber()
              && span.get(1).isIntegralNumber();
      int start = good ? span.get(0).intValue() : -1;
      int end = good ? span.get(1).intValue() : -1;
      if (start < 0 || end <= start || end > length) {
        throw new BadField(
            "%s has the span %s, which is no part of the caption".formatted(at(field), span));
      }
      spans.add(new int[] {text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end)});
    }
    return spans;
  }

  /** Returns where a field is in the document. */
  public String at(String field) {
    return place.isEmpty() ? field : place + "." + field;
  }

  /** Returns the elements of a list. */
  public static List<JsonNode> elements(JsonNode list, String at) {
    if (list == null || !list.isArray()) {
      throw new BadField(at + " is no list");
    }
    List<JsonNode> elements = new ArrayList<>();
    list.forEach(elements::add);
    return elements;
  }
}
