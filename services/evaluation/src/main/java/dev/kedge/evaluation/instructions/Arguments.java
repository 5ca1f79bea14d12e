package dev.kedge.evaluation.instructions;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an instruction leaves open, for example how many words.
 *
 * @param fields the record's {@code kwargs} for it
 */
record Arguments(JsonNode fields) {
  int number(String name) {
    JsonNode value = fields.path(name);
    if (!value.isNumber() || value.asInt() < 1) {
      throw missing(name, "a number of 1 or more");
    }
    return value.asInt();
  }

  /** Without white space around it. */
  String text(String name) {
    String value = Blanks.stripped(fields.path(name).asText());
    if (value.isEmpty()) {
      throw missing(name, "a text");
    }
    return value;
  }

  List<String> texts(String name) {
    List<String> values = new ArrayList<>();
    fields.path(name).forEach(value -> values.add(value.asText()));
    if (values.isEmpty()) {
      throw missing(name, "a list of texts");
    }
    return values;
  }

  /** Whether a count is what is asked for under a name: less than it, or at least it. */
  boolean allows(long count, String name, String relation) {
    int threshold = number(name);
    return switch (text(relation).toLowerCase(Locale.ROOT)) {
      case "less than" -> count < threshold;
      case "at least" -> count >= threshold;
      default -> throw missing(relation, "`less than` or `at least`");
    };
  }

  private IllegalArgumentException missing(String name, String wanted) {
    return new IllegalArgumentException(
        "`%s` is %s, not %s: repair or remove the record"
            .formatted(name, fields.path(name), wanted));
  }
}
