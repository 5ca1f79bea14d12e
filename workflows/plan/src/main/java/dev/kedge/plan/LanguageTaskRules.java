package dev.kedge.plan;

import dev.kedge.v1.Instruction;
import dev.kedge.v1.LanguageModelling;
import dev.kedge.v1.LanguageTest;
import dev.kedge.v1.Task;
import java.util.Optional;

/** What a language model learns. */
final class LanguageTaskRules {
  private static final String INSTRUCTION = "task.instruction";
  private static final String VALIDATION = INSTRUCTION + ".validation";
  private static final String MODELLING = "task.language_modelling";

  private final Task task;
  private final ReferenceRules references;
  private final Problems problems;

  LanguageTaskRules(Task task, ReferenceRules references, Problems problems) {
    this.task = task;
    this.references = references;
    this.problems = problems;
  }

  void check() {
    if (task.hasInstruction()) {
      check(task.getInstruction());
    } else {
      check(task.getLanguageModelling());
    }
  }

  private void check(Instruction instruction) {
    Optional<Catalog.Dataset> records =
        references.texts(instruction.getTrain(), INSTRUCTION + ".train");
    double fraction = instruction.getValidationFraction();
    problems.require(
        fraction >= 0 && fraction < 1,
        INSTRUCTION + ".validation_fraction",
        "%s is not in [0, 1)".formatted(Numbers.text(fraction)));
    problems.requireNotNegative(instruction.getContextTokens(), INSTRUCTION + ".context_tokens");
    var templates = new TemplateRules(records, problems);
    requireTemplate(instruction.getPrompt(), INSTRUCTION + ".prompt", templates);
    requireTemplate(instruction.getAnswer(), INSTRUCTION + ".answer", templates);
    templates.several(instruction.getChoicesList(), INSTRUCTION + ".choices");
    problems.require(
        instruction.getChoicesCount() == 0 || fraction > 0,
        INSTRUCTION + ".choices",
        "are for the validation part, and there is none: set validation_fraction, or leave this"
            + " out");
    if (instruction.hasValidation()) {
      checkValidation(instruction, records);
    }
  }

  private void checkValidation(Instruction instruction, Optional<Catalog.Dataset> records) {
    LanguageTest test = instruction.getValidation();
    problems.require(
        instruction.getValidationFraction() > 0,
        VALIDATION,
        "is how the validation part is tested, and there is none: set validation_fraction, or leave"
            + " this out");
    problems.require(
        instruction.getChoicesCount() == 0,
        INSTRUCTION + ".choices",
        "the validation part is tested as `validation` says: write them there");
    problems.require(
        !test.hasShots(), VALIDATION + ".shots", "are for tests of their own data: leave them out");
    new LanguageTestRules(test.toBuilder().clearShots().build(), VALIDATION, references, problems)
        .check(records, INSTRUCTION + ".train");
  }

  private void requireTemplate(String template, String path, TemplateRules templates) {
    problems.require(!template.isEmpty(), path, "missing: give a template");
    templates.one(template, path);
  }

  private void check(LanguageModelling modelling) {
    String path = MODELLING + ".sources";
    problems.require(modelling.getSourcesCount() > 0, path, "missing: give at least one");
    for (int i = 0; i < modelling.getSourcesCount(); i++) {
      String place = Problems.at(path, i);
      Optional<Catalog.Dataset> texts = references.texts(modelling.getSources(i), place);
      new TemplateRules(texts, problems).one(LanguageTests.PLAIN, place);
    }
    problems.requireNotNegative(modelling.getBlockTokens(), MODELLING + ".block_tokens");
  }
}
