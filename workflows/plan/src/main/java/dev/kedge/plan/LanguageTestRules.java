package dev.kedge.plan;

import dev.kedge.stage.v1.Measure;
import dev.kedge.v1.LanguageTest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** How a language model is tested: templates and measure fit each other and the records. */
final class LanguageTestRules {
  /** Stands for a choice in a prompt. */
  private static final String CHOICE = "{*}";

  private final LanguageTest test;
  private final String path;
  private final ReferenceRules references;
  private final Problems problems;

  LanguageTestRules(LanguageTest test, String path, ReferenceRules references, Problems problems) {
    this.test = test;
    this.path = path;
    this.references = references;
    this.problems = problems;
  }

  /**
   * Checks the test on some records.
   *
   * @param records what is tested, where it is known
   * @param place where the file names the records
   */
  void check(Optional<Catalog.Dataset> records, String place) {
    if (test.getMeasure() == LanguageTest.Measure.UNRECOGNIZED) {
      problems.add(
          at("measure"),
          "unknown: write ACCURACY, ACCURACY_NORM, ACCURACY_BYTES, EXACT_MATCH, INSTRUCTIONS_FOLLOWED, ANSWER_BITS_PER_BYTE or BITS_PER_BYTE");
      return;
    }
    Measure measure = LanguageTests.measure(test);
    checkMeasure(measure);
    checkChoices(measure);
    checkWriting(measure);
    checkShots(test.getShots(), test.hasShots(), measure);
    records.ifPresent(data -> checkInstructions(data, place, measure));
    checkReplacements();
    checkTemplates(new TemplateRules(records, problems));
  }

  private void checkTemplates(TemplateRules templates) {
    templates.prompt(test.getPrompt(), test.getChoicesCount() > 0, at("prompt"));
    templates.one(LanguageTests.answer(test), at("answer"));
    templates.several(test.getChoicesList(), at("choices"));
    templates.one(test.getLabel(), at("label"));
    templates.prompt(test.getWithoutQuestion(), test.getChoicesCount() > 0, at("without_question"));
    templates.several(test.getLabelsList(), at("labels"));
  }

  private void checkMeasure(Measure measure) {
    boolean rolling = measure == Measure.BITS_PER_BYTE;
    problems.require(
        !rolling || test.getPrompt().isEmpty(),
        at("prompt"),
        "BITS_PER_BYTE scores a text as a whole: leave the prompt out, or measure"
            + " ANSWER_BITS_PER_BYTE");
    problems.require(
        rolling || !test.getPrompt().isEmpty(),
        at("prompt"),
        "missing: %s is measured after a prompt".formatted(measure));
    boolean labelled = !test.getLabel().isEmpty() && !test.getPrompt().contains(CHOICE);
    problems.require(
        rolling || labelled || instructed(measure) || !test.getAnswer().isEmpty(),
        at("answer"),
        "missing: give a template");
    problems.require(
        !instructed(measure) || test.getAnswer().isEmpty(),
        at("answer"),
        "the record's instructions are what is asked for: leave it out");
  }

  private void checkChoices(Measure measure) {
    boolean choosing = choosing(measure);
    problems.require(
        choosing == test.getChoicesCount() > 0,
        at("choices"),
        choosing
            ? "missing: %s is the share of records whose likeliest choice is the answer"
                .formatted(measure)
            : "are for ACCURACY, ACCURACY_NORM and ACCURACY_BYTES: leave them out, or measure one of these");
    problems.require(
        choosing || !test.hasWithoutQuestion(),
        at("without_question"),
        "is a baseline of choosing, and there is nothing to choose from: leave it out");
    problems.require(
        !test.hasWithoutQuestion()
            || test.getPrompt().contains(CHOICE) == test.getWithoutQuestion().contains(CHOICE),
        at("without_question"),
        "has {*} where the prompt has it, and only there: the choices stand in both or in none");
    problems.require(
        choosing || test.getLabel().isEmpty(),
        at("label"),
        "tells the right one of choices, and there are none: leave it out");
    problems.require(
        test.getLabelsCount() == 0 || !test.getLabel().isEmpty(),
        at("labels"),
        "are what `label` is found among: give it, too");
    problems.require(
        !test.getPrompt().contains(CHOICE) || !test.getLabel().isEmpty(),
        at("label"),
        "missing: where the choices stand in the prompt, it tells the right one");
  }

  private void checkWriting(Measure measure) {
    boolean writes = measure == Measure.EXACT_MATCH || instructed(measure);
    problems.require(
        writes == test.hasWriting(),
        at("writing"),
        writes
            ? "missing: say how much is written, for example `{most_tokens: 32, stop: [\"\\n\"]}`"
            : "is for EXACT_MATCH and INSTRUCTIONS_FOLLOWED: leave it out, or measure one of these");
    problems.require(
        !test.hasWriting() || test.getWriting().getMostTokens() > 0,
        at("writing.most_tokens"),
        "missing: give at least 1");
  }

  private void checkShots(LanguageTest.Shots shots, boolean given, Measure measure) {
    if (!given) {
      return;
    }
    problems.require(
        measure != Measure.BITS_PER_BYTE,
        at("shots"),
        "BITS_PER_BYTE has no prompt: leave them out");
    problems.require(shots.getCount() > 0, at("shots.count"), "missing: give at least 1");
    references.texts(shots.getDataset(), at("shots.dataset"));
  }

  private void checkReplacements() {
    for (int i = 0; i < test.getReplacementsCount(); i++) {
      try {
        Pattern.compile(test.getReplacements(i).getPattern());
      } catch (PatternSyntaxException e) {
        problems.add(
            Problems.at(at("replacements"), i) + ".pattern",
            "not a regular expression: " + e.getDescription());
      }
    }
  }

  private static boolean choosing(Measure measure) {
    return switch (measure) {
      case ACCURACY, ACCURACY_NORM, ACCURACY_BYTES -> true;
      default -> false;
    };
  }

  private static boolean instructed(Measure measure) {
    return measure == Measure.INSTRUCTIONS_FOLLOWED;
  }

  /** The fields that tell what is asked for. */
  private void checkInstructions(Catalog.Dataset records, String place, Measure measure) {
    Set<String> missing = new TreeSet<>(Set.of("instruction_id_list", "kwargs"));
    missing.removeAll(records.fields());
    problems.require(
        !instructed(measure) || missing.isEmpty(),
        place,
        "not every record has %s, where IFEval's records say what is asked for".formatted(missing));
  }

  private String at(String field) {
    return path + "." + field;
  }
}
