package dev.kedge.e2e;

import static java.util.stream.Collectors.toSet;

import dev.kedge.store.ObjectStore;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a stage has committed, and what a stage that has not begun yet will read.
 *
 * @param key of the stage that made it
 * @param artifact its output, {@code sha256:…}
 * @param readers kinds of the stages that will read it
 */
record CommittedResult(String key, String artifact, Set<String> readers) {
  /** What a stage's commit is called, in the folder of its key. */
  static final String FILE = "/result.json";

  /** Kinds that read the base itself, whatever else they need. */
  private static final Set<String> READ_THE_BASE = Set.of("TRAIN", "FISHER", "AVERAGE");

  /** All of a project that somebody still has to read, in the order of their keys. */
  static List<CommittedResult> of(ObjectStore store, String project) {
    return of(ExperimentRecords.of(store, project));
  }

  /** As above, of experiments of one project. */
  static List<CommittedResult> of(List<Experiment> experiments) {
    Map<String, CommittedResult> found = new TreeMap<>();
    for (Experiment maker : experiments) {
      for (Stage stage : maker.getStagesList()) {
        Set<String> readers = readers(experiments, maker, stage);
        if (stage.getState() == Stage.State.SUCCEEDED && !readers.isEmpty()) {
          found.put(
              stage.getKey(), new CommittedResult(stage.getKey(), stage.getArtifact(), readers));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private static Set<String> readers(List<Experiment> experiments, Experiment maker, Stage stage) {
    Stream<Stage> own =
        maker.getStagesList().stream()
            .filter(reader -> reader.getNeedsList().contains(stage.getId()));
    Stream<Stage> ofThoseBuiltOnIt =
        experiments.stream()
            .filter(other -> other.getResolvedMap().containsValue(stage.getArtifact()))
            .flatMap(other -> other.getStagesList().stream())
            .filter(reader -> READ_THE_BASE.contains(reader.getKind()));
    return Stream.concat(own, ofThoseBuiltOnIt)
        .filter(reader -> reader.getState() == Stage.State.WAITING)
        .map(Stage::getKind)
        .collect(toSet());
  }
}
