package dev.kedge.evaluation.instructions;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One instruction of a record.
 *
 * @param id its name in IFEval, for example {@code punctuation:no_comma}
 */
public record Instruction(String id, Arguments arguments) {
  private static final Map<String, Check> CHECKS =
      Stream.of(KeywordChecks.ALL, LengthChecks.ALL, FormatChecks.ALL, ContentChecks.ALL)
          .flatMap(each -> each.entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  /** Whether it can be checked: some need a language detector or a model of sentences. */
  public boolean isKnown() {
    return CHECKS.containsKey(id);
  }

  /**
   * Whether a text follows it.
   *
   * @throws IllegalArgumentException if it is not known, or lacks an argument
   */
  public boolean isFollowedBy(String text) {
    if (!isKnown()) {
      throw new IllegalArgumentException(id + " cannot be checked");
    }
    return !Blanks.isBlank(text) && CHECKS.get(id).of(text, arguments);
  }

  /** The same, or that it does once its first or last line or its asterisks are taken away. */
  public boolean isLooselyFollowedBy(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    int last = lines.size() - 1;
    return Stream.of(
            text,
            joined(lines, 1, last + 1),
            joined(lines, 0, last),
            joined(lines, 1, Math.max(1, last)))
        .flatMap(each -> Stream.of(each, each.replace("*", "")))
        .anyMatch(this::isFollowedBy);
  }

  private static String joined(List<String> lines, int from, int to) {
    return Blanks.stripped(
        String.join("\n", lines.subList(Math.min(from, lines.size()), Math.min(to, lines.size()))));
  }
}
