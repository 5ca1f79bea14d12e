package dev.kedge.plan;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may stand in JSON that anybody may have sent. A reader of whole numbers writes {@code
 * 1e600000000} out in full, digit by digit; one of nested lists goes as deep as they do.
 */
final class JsonLimits {
  private static final int LONGEST = 1_000_000;
  private static final int LONGEST_NUMBER = 100;
  private static final int DEEPEST = 50;

  /**
   * Numbers may stand in quotation marks, and be the names in an object. Their digits are those of
   * any script.
   */
  private static final Pattern NUMBER =
      Pattern.compile("\\s*+[-+]?[\\p{Nd}.]++(?:[eE][-+]?(\\p{Nd}++))?+\\s*+");

  private static final int MOST_EXPONENT_DIGITS = 3;

  private final JsonReader reader;
  private int depth;

  private JsonLimits(String json) {
    this.reader = new JsonReader(new StringReader(json));
    // The parser is as lenient: what it would see must be seen here.
    reader.setStrictness(Strictness.LENIENT);
    reader.setNestingLimit(Integer.MAX_VALUE);
  }

  /**
   * Looks through a text.
   *
   * @throws IllegalArgumentException saying which limit it passes; a text that is no JSON is for
   *     the parser to refuse
   */
  static void check(String json) {
    if (json.length() > LONGEST) {
      throw new IllegalArgumentException(
          "the value has %d characters, and %d are the most: change single fields of it instead"
              .formatted(json.length(), LONGEST));
    }
    try {
      new JsonLimits(json).checkAll();
    } catch (IOException noJson) {
      return;
    }
  }

  private void checkAll() throws IOException {
    while (true) {
      switch (reader.peek()) {
        case BEGIN_ARRAY -> {
          reader.beginArray();
          deeper();
        }
        case BEGIN_OBJECT -> {
          reader.beginObject();
          deeper();
        }
        case END_ARRAY -> {
          reader.endArray();
          depth--;
        }
        case END_OBJECT -> {
          reader.endObject();
          depth--;
        }
        case NAME -> checkNumber(reader.nextName());
        case STRING, NUMBER -> checkNumber(reader.nextString());
        case BOOLEAN, NULL -> reader.skipValue();
        case END_DOCUMENT -> {
          return;
        }
      }
    }
  }

  private void deeper() {
    depth++;
    if (depth > DEEPEST) {
      throw new IllegalArgumentException(
          "the value is nested more than %d deep: no field of the file is".formatted(DEEPEST));
    }
  }

  private static void checkNumber(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return;
    }
    String exponent = number.group(1);
    if (text.length() > LONGEST_NUMBER
        || (exponent != null && exponent.length() > MOST_EXPONENT_DIGITS)) {
      throw new IllegalArgumentException(
          "`%s` is no number that can be read: write it with at most %d characters and an exponent"
                  .formatted(FieldValue.shown(text), LONGEST_NUMBER)
              + " of at most %d digits".formatted(MOST_EXPONENT_DIGITS));
    }
  }
}
