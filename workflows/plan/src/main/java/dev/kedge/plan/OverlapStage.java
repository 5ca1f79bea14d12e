package dev.kedge.plan;

import dev.kedge.data.text.TextTemplate;
import dev.kedge.stage.v1.OverlapSpec;
import dev.kedge.stage.v1.OverlapSpec.ComparedSet;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.Evaluation;
import dev.kedge.v1.ExperimentSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The stage that compares everything that a file learns from, chooses by and reports. */
record OverlapStage(ExperimentSpec spec, Datasets datasets) {
  /** Its id in a plan. */
  static final String ID = "overlap";

  /** What it does. */
  StageSpec stage() {
    OverlapSpec.Builder overlap =
        OverlapSpec.newBuilder()
            .setKind(
                Languages.isLanguage(spec) ? OverlapSpec.Kind.TEXTS : OverlapSpec.Kind.PICTURES);
    Map<ComparedSet, ComparedSet> sets = new LinkedHashMap<>();
    for (DataUse use : new DataUses(spec).all()) {
      ComparedSet set = set(use);
      // Several methods may share their calibration data; every test is told by itself.
      sets.putIfAbsent(use.isTest() ? set : set.toBuilder().clearName().build(), set);
    }
    overlap.addAllSets(sets.values());
    spec.getEvaluationsList().stream()
        .filter(Evaluation::getAllowExactOverlap)
        .forEach(allowed -> overlap.addAllowed(allowed.getId()));
    return StageSpec.newBuilder().setOverlap(overlap).build();
  }

  private ComparedSet set(DataUse use) {
    return ComparedSet.newBuilder()
        .setName(use.name())
        .setPurpose(use.purpose())
        .setDataset(datasets.all(use.reference()).getDataset())
        .addAllFields(fields(use))
        .addAllClasses(use.classes())
        .build();
  }

  private Set<String> fields(DataUse use) {
    Set<String> fields = new TreeSet<>();
    if (datasets.format(use.reference()) == PrepareSpec.Format.RECORDS) {
      use.templates().forEach(template -> fields.addAll(TextTemplate.parse(template).fields()));
    }
    return fields;
  }
}
