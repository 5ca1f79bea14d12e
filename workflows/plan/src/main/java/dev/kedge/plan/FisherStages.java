package dev.kedge.plan;

import dev.kedge.stage.v1.FisherSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.ReportSpec;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.v1.ExperimentSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The FISHER stages of a plan; the same information is taken once. */
final class FisherStages {
  private final ExperimentSpec spec;
  private final Datasets datasets;
  private final Task task;
  private final Stages stages;
  private final Map<Wanted, Input> made = new HashMap<>();
  private final List<ReportSpec.Importance> importances = new ArrayList<>();

  /** Without stages yet. */
  FisherStages(ExperimentSpec spec, Datasets datasets, Task task, Stages stages) {
    this.spec = spec;
    this.datasets = datasets;
    this.task = task;
    this.stages = stages;
  }

  /** An information as a whole, and the stages that share its samples. */
  private record Wanted(FisherSpec whole, int shards) {
    boolean isSplit() {
      return shards > 1;
    }

    FisherSpec shard(int index) {
      FisherSpec.Shard shard =
          FisherSpec.Shard.newBuilder().setIndex(index).setCount(shards).build();
      return whole.toBuilder().setShard(shard).build();
    }
  }

  /**
   * That of the old knowledge in the base.
   *
   * @param calibration {@code datasets/NAME}
   * @param ownHead whether the runs train a language model's head apart from its token table
   */
  Input ofBase(Information how, String calibration, Input base, boolean ownHead) {
    FisherSpec.Builder fisher = FisherSpec.newBuilder().setData(datasets.all(calibration));
    task.reading(calibration)
        .ifPresent(text -> fisher.setText(text.toBuilder().setOwnHead(ownHead)));
    Wanted wanted = wanted(how, fisher.setCheckpoint(base));
    boolean isNew = !made.containsKey(wanted);
    Input output = made(wanted, "fisher-" + Naming.shortName(calibration));
    if (isNew) {
      importances.add(importance(wanted.whole, output));
    }
    return output;
  }

  /** That of a run, on what it has learnt from. */
  Input ofRun(Information how, Trained run) {
    FisherSpec.Builder fisher = task.learnt().orElseThrow().setCheckpoint(run.checkpoint());
    return made(wanted(how, fisher), "fisher-" + run.run().id());
  }

  /** Those of the base, in the order in which they were wanted. */
  List<ReportSpec.Importance> importances() {
    return List.copyOf(importances);
  }

  private Wanted wanted(Information how, FisherSpec.Builder fisher) {
    how.describe(fisher);
    fisher
        .setThreads(Optimisations.threads(spec.getTraining()))
        .setDevice(Optimisations.device(spec));
    return new Wanted(fisher.build(), Math.max(1, how.shards()));
  }

  private Input made(Wanted wanted, String id) {
    return made.computeIfAbsent(
        wanted, one -> one.isSplit() ? merged(id, one) : add(id, one.whole));
  }

  private Input merged(String id, Wanted wanted) {
    FisherSpec.Builder merge = FisherSpec.newBuilder();
    for (int i = 0; i < wanted.shards; i++) {
      merge.addMerge(add("%s-shard%d".formatted(id, i), wanted.shard(i)));
    }
    return add(id, merge.build());
  }

  private Input add(String id, FisherSpec fisher) {
    return stages.add(id, StageSpec.newBuilder().setFisher(fisher).build());
  }

  private static ReportSpec.Importance importance(FisherSpec fisher, Input stage) {
    String labels =
        switch (fisher.getMode()) {
          case EXPECTED -> "all labels, each by its probability";
          case SAMPLED -> "labels drawn from the model";
          default -> "the data's labels";
        };
    String captions = fisher.hasCaptions() ? ", by captions" : "";
    return ReportSpec.Importance.newBuilder()
        .setLabel("%s: %s%s".formatted(stage.getStage(), labels, captions))
        .setFisher(stage)
        .build();
  }
}
