package dev.kedge.plan;

import dev.kedge.v1.Contrastive;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import dev.kedge.v1.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is learnt from, what stands for the old knowledge, what is chosen by and what is reported
 * must be different data, whatever its names.
 */
final class OverlapRules {
  private record Use(String reference, String path, String purpose) {}

  private final ExperimentSpec spec;
  private final Catalog catalog;
  private final Problems problems;

  OverlapRules(ExperimentSpec spec, Catalog catalog, Problems problems) {
    this.spec = spec;
    this.catalog = catalog;
    this.problems = problems;
  }

  void check() {
    refuseSourcesTwice();
    Map<String, Use> used = new HashMap<>();
    for (Use use : trainingUses()) {
      note(use, used);
    }
    for (int i = 0; i < spec.getEvaluationsCount(); i++) {
      shotsUse(spec.getEvaluations(i), Problems.at("evaluations", i))
          .ifPresent(use -> noteShots(use, used));
    }
    for (int i = 0; i < spec.getEvaluationsCount(); i++) {
      Evaluation evaluation = spec.getEvaluations(i);
      String path = Problems.at("evaluations", i) + ".dataset";
      var use = new Use(evaluation.getDataset(), path, Suites.useOf(evaluation).name());
      note(use, used);
    }
  }

  private static Optional<Use> shotsUse(Evaluation evaluation, String path) {
    return evaluation.getLanguage().hasShots()
        ? Optional.of(
            new Use(
                evaluation.getLanguage().getShots().getDataset(),
                path + ".language.shots.dataset",
                "examples"))
        : Optional.empty();
  }

  /** Examples may be what was learnt from, never what is tested. */
  private void noteShots(Use use, Map<String, Use> used) {
    used.putIfAbsent(identity(use.reference()), use);
  }

  private void note(Use use, Map<String, Use> used) {
    Use earlier = used.putIfAbsent(identity(use.reference()), use);
    if (earlier != null && !earlier.purpose().equals(use.purpose())) {
      refuse(use, earlier);
    }
  }

  private void refuse(Use use, Use earlier) {
    if (!use.reference().isEmpty()) {
      problems.add(
          use.path(),
          "%s is used for %s here%s for %s at %s: give other data in one of the places"
              .formatted(
                  use.reference(),
                  use.purpose(),
                  use.reference().equals(earlier.reference())
                      ? " and"
                      : ", and the same data as %s".formatted(earlier.reference()),
                  earlier.purpose(),
                  earlier.path()));
    }
  }

  private void refuseSourcesTwice() {
    Map<String, Use> seen = new HashMap<>();
    List<Use> sources = contrastiveUses();
    sources.addAll(languageUses());
    for (Use use : sources) {
      Use earlier = seen.putIfAbsent(identity(use.reference()), use);
      if (earlier != null) {
        refuse(use, earlier);
      }
    }
  }

  private List<Use> trainingUses() {
    List<Use> uses = contrastiveUses();
    if (spec.getTask().hasImageClassification()) {
      uses.add(
          new Use(
              spec.getTask().getImageClassification().getTrain(),
              "task.image_classification.train",
              "training"));
    }
    uses.addAll(languageUses());
    for (int i = 0; i < spec.getMethodsCount(); i++) {
      uses.addAll(calibrationUses(spec.getMethods(i), Problems.at("methods", i)));
    }
    for (int i = 0; i < spec.getAveragesCount(); i++) {
      if (spec.getAverages(i).hasFisher()) {
        String calibration = spec.getAverages(i).getFisher().getCalibration();
        String path = Problems.at("averages", i) + ".fisher.calibration";
        uses.add(new Use(calibration, path, "calibration"));
      }
    }
    return uses;
  }

  private static List<Use> calibrationUses(Method method, String path) {
    List<Use> uses = new ArrayList<>();
    for (MethodPart part : MethodParts.of(method)) {
      String place = path + "." + part.name() + ".calibration";
      part.calibration(method).ifPresent(name -> uses.add(new Use(name, place, "calibration")));
    }
    return uses;
  }

  private List<Use> contrastiveUses() {
    List<Use> uses = new ArrayList<>();
    List<Contrastive.Source> sources = spec.getTask().getContrastive().getSourcesList();
    for (int i = 0; i < sources.size(); i++) {
      String path = Problems.at("task.contrastive.sources", i) + ".dataset";
      uses.add(new Use(sources.get(i).getDataset(), path, "training"));
    }
    return uses;
  }

  private List<Use> languageUses() {
    List<Use> uses = new ArrayList<>();
    if (spec.getTask().hasInstruction()) {
      uses.add(
          new Use(
              spec.getTask().getInstruction().getTrain(), "task.instruction.train", "training"));
    }
    List<String> sources = spec.getTask().getLanguageModelling().getSourcesList();
    for (int i = 0; i < sources.size(); i++) {
      String path = Problems.at("task.language_modelling.sources", i);
      uses.add(new Use(sources.get(i), path, "training"));
    }
    return uses;
  }

  /** The artifact where the name stands for one, so that two names of one data set meet. */
  private String identity(String reference) {
    return catalog.dataset(reference).map(Catalog.Dataset::artifact).orElse(reference);
  }
}
