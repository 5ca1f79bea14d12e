package dev.kedge.evaluation.instructions;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What a text has in it, and how it begins and ends. */
final class ContentChecks {
  static final Map<String, Check> ALL =
      Map.of(
          "detectable_content:number_placeholders", ContentChecks::placeholders,
          "detectable_content:postscript", ContentChecks::postscript,
          "combination:two_responses", ContentChecks::twoResponses,
          "combination:repeat_prompt", ContentChecks::repeatPrompt,
          "startend:end_checker", ContentChecks::end,
          "startend:quotation", ContentChecks::quotation);

  private static final Pattern PLACEHOLDER = Blanks.pattern("\\[.*?\\]");
  private static final Map<String, String> POSTSCRIPTS =
      Map.of("P.P.S", "\\s*p\\.\\s?p\\.\\s?s.*$", "P.S.", "\\s*p\\.\\s?s\\..*$");
  private static final Pattern QUOTES_AT_AN_END = Pattern.compile("\\A\"+|\"+\\z");

  private ContentChecks() {}

  private static boolean placeholders(String text, Arguments arguments) {
    return Blanks.count(PLACEHOLDER, text) >= arguments.number("num_placeholders");
  }

  private static boolean postscript(String text, Arguments arguments) {
    String marker = arguments.text("postscript_marker");
    String pattern =
        POSTSCRIPTS.getOrDefault(marker, "\\s*" + marker.toLowerCase(Locale.ROOT) + ".*$");
    return Blanks.pattern(pattern).matcher(text.toLowerCase(Locale.ROOT)).find();
  }

  /** Two different ones, parted by six asterisks. */
  private static boolean twoResponses(String text, Arguments arguments) {
    List<String> parts = List.of(text.split(Pattern.quote("******"), -1));
    List<String> responses = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (!Blanks.isBlank(parts.get(i))) {
        responses.add(Blanks.stripped(parts.get(i)));
      } else if (i > 0 && i < parts.size() - 1) {
        return false;
      }
    }
    return responses.size() == 2 && !responses.get(0).equals(responses.get(1));
  }

  private static boolean repeatPrompt(String text, Arguments arguments) {
    return Blanks.stripped(text)
        .toLowerCase(Locale.ROOT)
        .startsWith(arguments.text("prompt_to_repeat").toLowerCase(Locale.ROOT));
  }

  private static boolean end(String text, Arguments arguments) {
    return QUOTES_AT_AN_END
        .matcher(Blanks.stripped(text))
        .replaceAll("")
        .toLowerCase(Locale.ROOT)
        .endsWith(arguments.text("end_phrase").toLowerCase(Locale.ROOT));
  }

  private static boolean quotation(String text, Arguments arguments) {
    String whole = Blanks.stripped(text);
    return whole.length() > 1 && whole.startsWith("\"") && whole.endsWith("\"");
  }
}
