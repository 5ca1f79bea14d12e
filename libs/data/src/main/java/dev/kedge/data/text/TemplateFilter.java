package dev.kedge.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A change of a value before a {@link TextTemplate} puts it in. */
sealed interface TemplateFilter {
  /** The value as it is put in. */
  JsonNode of(JsonNode value);

  /**
   * Reads filters.
   *
   * @param source each begins with {@code |}
   * @throws IllegalArgumentException naming the known ones where one is not
   */
  static List<TemplateFilter> parse(String source) {
    List<TemplateFilter> filters = new ArrayList<>();
    String[] parts = source.split("\\|", -1);
    for (int i = 1; i < parts.length; i++) {
      filters.add(one(parts[i]));
    }
    return filters;
  }

  private static TemplateFilter one(String source) {
    String[] nameAndValue = source.split(":", 2);
    return switch (nameAndValue[0]) {
      case "strip" -> new Strip();
      case "capitalize" -> new Capitalize();
      case "lines" -> new Lines();
      case "before" -> new Before(mark(nameAndValue));
      case "after" -> new After(mark(nameAndValue));
      default ->
          throw new IllegalArgumentException(
              "`%s` is no filter: write strip, capitalize, lines, before:MARK or after:MARK"
                  .formatted(source));
    };
  }

  private static String mark(String[] nameAndValue) {
    if (nameAndValue.length < 2 || nameAndValue[1].isEmpty()) {
      throw new IllegalArgumentException(
          "`%s` needs a mark: write %s:MARK".formatted(nameAndValue[0], nameAndValue[0]));
    }
    return nameAndValue[1];
  }

  /** Without the blanks around it. */
  record Strip() implements TemplateFilter {
    @Override
    public JsonNode of(JsonNode value) {
      return TextNode.valueOf(value.asText().strip());
    }
  }

  /** With its first letter in upper case, and all others in lower case. */
  record Capitalize() implements TemplateFilter {
    @Override
    public JsonNode of(JsonNode value) {
      String text = value.asText();
      int first = text.isEmpty() ? 0 : text.offsetByCodePoints(0, 1);
      return TextNode.valueOf(
          text.substring(0, first).toUpperCase(Locale.ROOT)
              + text.substring(first).toLowerCase(Locale.ROOT));
    }
  }

  /** A list's elements, each on a line. */
  record Lines() implements TemplateFilter {
    @Override
    public JsonNode of(JsonNode value) {
      return value.isArray()
          ? TextNode.valueOf(
              StreamSupport.stream(value.spliterator(), false)
                  .map(JsonNode::asText)
                  .collect(Collectors.joining("\n")))
          : value;
    }
  }

  /** What stands before the first mark; all where there is none. */
  record Before(String mark) implements TemplateFilter {
    @Override
    public JsonNode of(JsonNode value) {
      String text = value.asText();
      int at = text.indexOf(mark);
      return TextNode.valueOf(at < 0 ? text : text.substring(0, at));
    }
  }

  /** What stands behind the first mark; nothing where there is none. */
  record After(String mark) implements TemplateFilter {
    @Override
    public JsonNode of(JsonNode value) {
      String text = value.asText();
      int at = text.indexOf(mark);
      return TextNode.valueOf(at < 0 ? "" : text.substring(at + mark.length()));
    }
  }
}
