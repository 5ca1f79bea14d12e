package dev.kedge.plan;

import dev.kedge.v1.ExperimentSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is learnt from, what stands for the old knowledge, what is chosen by and what is reported
 * must be different data, whatever its names. Their samples are compared by the OVERLAP stage.
 */
final class OverlapRules {
  private final DataUses uses;
  private final Catalog catalog;
  private final Problems problems;

  OverlapRules(ExperimentSpec spec, Catalog catalog, Problems problems) {
    this.uses = new DataUses(spec);
    this.catalog = catalog;
    this.problems = problems;
  }

  void check() {
    refuseSourcesTwice();
    Map<String, DataUse> used = new HashMap<>();
    uses.sources().forEach(use -> note(use, used));
    uses.calibration().forEach(use -> note(use, used));
    uses.shots().forEach(use -> noteShots(use, used));
    uses.tests().forEach(use -> note(use, used));
  }

  /** Examples may be what was learnt from, never what is tested. */
  private void noteShots(DataUse use, Map<String, DataUse> used) {
    used.putIfAbsent(identity(use.reference()), use);
  }

  private void note(DataUse use, Map<String, DataUse> used) {
    DataUse earlier = used.putIfAbsent(identity(use.reference()), use);
    if (earlier != null && earlier.purpose() != use.purpose()) {
      refuse(use, earlier);
    }
  }

  private void refuse(DataUse use, DataUse earlier) {
    if (!use.reference().isEmpty()) {
      problems.add(
          use.path(),
          "%s is used for %s here%s for %s at %s: give other data in one of the places"
              .formatted(
                  use.reference(),
                  use.words(),
                  use.reference().equals(earlier.reference())
                      ? " and"
                      : ", and the same data as %s".formatted(earlier.reference()),
                  earlier.words(),
                  earlier.path()));
    }
  }

  private void refuseSourcesTwice() {
    Map<String, DataUse> seen = new HashMap<>();
    List<DataUse> sources = uses.sources();
    for (DataUse use : sources) {
      DataUse earlier = seen.putIfAbsent(identity(use.reference()), use);
      if (earlier != null) {
        refuse(use, earlier);
      }
    }
  }

  /** The artifact where the name stands for one, so that two names of one data set meet. */
  private String identity(String reference) {
    return catalog.dataset(reference).map(Catalog.Dataset::artifact).orElse(reference);
  }
}
