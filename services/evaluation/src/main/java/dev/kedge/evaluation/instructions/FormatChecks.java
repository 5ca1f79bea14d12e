package dev.kedge.evaluation.instructions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How a text is laid out. */
final class FormatChecks {
  static final Map<String, Check> ALL =
      Map.of(
          "detectable_format:number_bullet_lists", FormatChecks::bullets,
          "detectable_format:constrained_response", FormatChecks::constrained,
          "detectable_format:number_highlighted_sections", FormatChecks::highlights,
          "detectable_format:multiple_sections", FormatChecks::sections,
          "detectable_format:json_format", FormatChecks::json,
          "detectable_format:title", FormatChecks::title);

  private static final Pattern BULLET = Blanks.pattern("^\\s*\\*[^\\*].*$");
  private static final Pattern DASH = Blanks.pattern("^\\s*-.*$");
  private static final Pattern HIGHLIGHT = Blanks.pattern("\\*[^\\n\\*]*\\*");
  private static final Pattern DOUBLE_HIGHLIGHT = Blanks.pattern("\\*\\*[^\\n\\*]*\\*\\*");
  private static final Pattern TITLE = Blanks.pattern("<<[^\\n]+>>");
  private static final List<String> ANSWERS =
      List.of("My answer is yes.", "My answer is no.", "My answer is maybe.");

  /** The first that a text begins with is taken away, and so in turn. */
  private static final List<String> FENCES = List.of("```json", "```Json", "```JSON", "```");

  /** Takes what Python's takes: also NaN and the infinities. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private FormatChecks() {}

  private static boolean bullets(String text, Arguments arguments) {
    return Blanks.count(BULLET, text) + Blanks.count(DASH, text) == arguments.number("num_bullets");
  }

  private static boolean constrained(String text, Arguments arguments) {
    return ANSWERS.stream().anyMatch(text::contains);
  }

  /** What is between two pairs of asterisks counts once for each form that it has. */
  private static boolean highlights(String text, Arguments arguments) {
    long count =
        filled(HIGHLIGHT, text, "\\A\\*+|\\*+\\z")
            + filled(DOUBLE_HIGHLIGHT, text, "\\A\\*\\*|\\*\\*\\z");
    return count >= arguments.number("num_highlights");
  }

  private static long filled(Pattern pattern, String text, String around) {
    return Blanks.found(pattern, text).stream()
        .filter(each -> !Blanks.isBlank(each.replaceAll(around, "")))
        .count();
  }

  private static boolean sections(String text, Arguments arguments) {
    Pattern head = Blanks.pattern("\\s?" + arguments.text("section_spliter") + "\\s?\\d+\\s?");
    return Blanks.parts(head, text).size() - 1 >= arguments.number("num_sections");
  }

  private static boolean json(String text, Arguments arguments) {
    String inner = Blanks.stripped(text);
    for (String fence : FENCES) {
      inner = inner.startsWith(fence) ? inner.substring(fence.length()) : inner;
    }
    inner = inner.endsWith("```") ? inner.substring(0, inner.length() - 3) : inner;
    try {
      return !JSON.readTree(Blanks.stripped(inner)).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean title(String text, Arguments arguments) {
    return Blanks.found(TITLE, text).stream()
        .anyMatch(each -> !Blanks.isBlank(each.replaceAll("\\A<+|>+\\z", "")));
  }
}
