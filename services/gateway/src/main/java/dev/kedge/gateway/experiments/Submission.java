package dev.kedge.gateway.experiments;

import com.google.rpc.BadRequest.FieldViolation;
import dev.kedge.gateway.Refusal;
import dev.kedge.plan.ExperimentRules;
import dev.kedge.plan.Plan;
import dev.kedge.plan.Planner;
import dev.kedge.plan.Problem;
import dev.kedge.plan.Resolution;
import dev.kedge.v1.ExperimentSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An experiment file that was found to be right, with its names resolved.
 *
 * @param plan its stages
 * @param resolution what each name stands for
 */
record Submission(Plan plan, Resolution resolution) {
  /**
   * Checks a file in full.
   *
   * @param title the report's title
   * @throws Refusal with every problem and its path in the file, or about the title
   */
  static Submission of(String title, ExperimentSpec spec, StoreCatalog catalog) {
    requireReadable(title);
    refuse(ExperimentRules.unknownChoices(spec));
    List<Problem> problems = new ArrayList<>(ExperimentRules.check(spec, catalog));
    if (problems.stream().noneMatch(Submission::isAboutTheStart)) {
      problems.addAll(outline(spec, catalog).map(m -> ModelRules.check(spec, m)).orElse(List.of()));
    }
    refuse(problems);
    Resolution resolution = resolution(spec, catalog);
    return new Submission(Planner.plan(title, spec, resolution), resolution);
  }

  /** Refuses a file that has problems. */
  static void refuse(List<Problem> problems) {
    refuse(problems, "EXPERIMENT_INVALID", "the experiment file has");
  }

  /** Refuses what has problems. */
  static void refuse(List<Problem> problems, String reason, String what) {
    if (!problems.isEmpty()) {
      throw Refusal.invalid(
          reason,
          "%s %d problem(s)".formatted(what, problems.size()),
          problems.stream().map(Submission::violation).toList());
    }
  }

  /** It is read at terminals, which a control character would steer. */
  private static void requireReadable(String title) {
    title
        .chars()
        .filter(Character::isISOControl)
        .findFirst()
        .ifPresent(
            control -> {
              throw Refusal.invalid(
                  "TITLE_INVALID",
                  "display_name",
                  "the title has the control character U+%04X: give a title without it"
                      .formatted(control));
            });
  }

  private static boolean isAboutTheStart(Problem problem) {
    return problem.path().startsWith("base") || problem.path().startsWith("new_model");
  }

  private static Optional<ModelOutline> outline(ExperimentSpec spec, StoreCatalog catalog) {
    return spec.hasNewModel()
        ? Optional.of(NewModels.outline(spec.getNewModel()))
        : catalog.outline(spec.getBase());
  }

  private static Resolution resolution(ExperimentSpec spec, StoreCatalog catalog) {
    Map<String, String> digests = new HashMap<>();
    Map<String, String> formats = new HashMap<>();
    Map<String, Map<String, String>> columns = new HashMap<>();
    Map<String, Integer> shares = new HashMap<>();
    for (String reference : Resolution.references(spec)) {
      digests.put(reference, catalog.artifact(reference).orElseThrow());
      catalog.dataset(reference).ifPresent(data -> formats.put(reference, data.format().name()));
      catalog
          .dataset(reference)
          .filter(data -> !data.columns().isEmpty())
          .ifPresent(data -> columns.put(reference, data.columns()));
      catalog
          .dataset(reference)
          .filter(data -> data.shares() > 1)
          .ifPresent(data -> shares.put(reference, data.shares()));
      catalog.model(reference).ifPresent(model -> formats.put(reference, model.family()));
    }
    return new Resolution(digests, formats, columns, shares);
  }

  private static FieldViolation violation(Problem problem) {
    return Refusal.violation(problem.path(), problem.message());
  }
}
