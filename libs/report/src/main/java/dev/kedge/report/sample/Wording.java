package dev.kedge.report.sample;

import dev.kedge.data.text.TextRecord;
import dev.kedge.data.text.TextTemplate;
import dev.kedge.stage.v1.EvaluateSpec;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** How a suite puts a record into words. */
public final class Wording {
  private final TextTemplate prompt;
  private final TextTemplate answer;
  private final List<TextTemplate> choices;
  private final TextTemplate label;
  private final List<TextTemplate> labels;
  private final List<Replacement> replacements;
  private final Optional<TextTemplate> withoutQuestion;

  /**
   * Reads a suite's templates.
   *
   * @throws IllegalArgumentException if one is none
   */
  public Wording(EvaluateSpec.Suite.Language suite) {
    prompt = TextTemplate.parse(suite.getPrompt());
    answer = TextTemplate.parse(suite.getAnswer());
    choices = parsed(suite.getChoicesList());
    label = TextTemplate.parse(suite.getLabel());
    labels = parsed(suite.getLabelsList());
    replacements =
        suite.getReplacementsList().stream()
            .map(each -> new Replacement(Pattern.compile(each.getPattern()), each.getText()))
            .toList();
    withoutQuestion =
        suite.hasWithoutQuestion()
            ? Optional.of(TextTemplate.parse(suite.getWithoutQuestion()))
            : Optional.empty();
  }

  private static List<TextTemplate> parsed(List<String> sources) {
    return sources.stream().map(TextTemplate::parse).toList();
  }

  /** Whether it is the prompts that choices differ in. */
  public boolean choosesInPrompt() {
    return prompt.takesChoice();
  }

  /** What is given. */
  public String prompt(TextRecord record) {
    return replaced(prompt.of(record));
  }

  /** What is given with a choice in it. */
  public String prompt(TextRecord record, String choice) {
    return replaced(prompt.of(record, choice));
  }

  /** What is left of the prompt where the question is taken away; empty where nobody asks. */
  public Optional<String> withoutQuestion(TextRecord record, String choice) {
    return withoutQuestion.map(rest -> replaced(rest.of(record, choice)));
  }

  /** What is said where there is nothing to choose from. */
  public String answer(TextRecord record) {
    return replaced(answer.of(record));
  }

  /** What there is to choose from. */
  public List<String> choices(TextRecord record) {
    return each(choices, record).stream().map(this::replaced).toList();
  }

  /**
   * The place of the right one of some choices.
   *
   * @throws IllegalArgumentException naming the record if it is none of them
   */
  public int right(TextRecord record, List<String> among) {
    boolean labelled = !label.toString().isEmpty();
    String wanted = labelled ? label.of(record) : answer(record);
    int right = labelled ? labels(record, among.size()).indexOf(wanted) : among.indexOf(wanted);
    if (right < 0 || right >= among.size()) {
      throw new IllegalArgumentException(
          "record %s: its answer `%s` is not among the choices %s%s"
              .formatted(
                  record.id(),
                  wanted,
                  among,
                  labelled ? ", which are labelled " + labels(record, among.size()) : ""));
    }
    return right;
  }

  private List<String> labels(TextRecord record, int count) {
    return labels.isEmpty()
        ? IntStream.range(0, count).mapToObj(Integer::toString).toList()
        : each(labels, record);
  }

  /** The prompt with what is right behind it. */
  public String solved(TextRecord record) {
    if (choices.isEmpty()) {
      return prompt(record) + answer(record);
    }
    List<String> among = choices(record);
    String right = among.get(right(record, among));
    return choosesInPrompt() ? prompt(record, right) + answer(record) : prompt(record) + right;
  }

  private static List<String> each(List<TextTemplate> templates, TextRecord record) {
    return templates.stream().flatMap(template -> template.each(record).stream()).toList();
  }

  private String replaced(String text) {
    String changed = text;
    for (Replacement replacement : replacements) {
      changed = replacement.pattern().matcher(changed).replaceAll(replacement.text());
    }
    return changed;
  }

  private record Replacement(Pattern pattern, String text) {}
}
