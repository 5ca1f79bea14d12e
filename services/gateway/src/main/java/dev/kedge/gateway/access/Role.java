package dev.kedge.gateway.access;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What somebody may do in a project; each may do what those before may. */
enum Role {
  /** Sees everything, and takes copies. */
  VIEWER,
  /** Brings data and models, and launches experiments. */
  EDITOR,
  /** Works on what others have launched, and names what is used elsewhere. */
  OPERATOR,
  /** Removes things, and takes in results that are believed. */
  ADMIN;

  private static final Map<String, Role> NEEDED = needed();

  private static Map<String, Role> needed() {
    Map<Role, List<String>> methods =
        Map.of(
            VIEWER,
            List.of(
                "CheckSystem",
                "CompareExperiments",
                "ExportCheckpoint",
                "ExportExperiment",
                "GetCheckpoint",
                "GetDatasetVersion",
                "GetExperiment",
                "GetModelVersion",
                "GetOperation",
                "GetReport",
                "GetStage",
                "ListDatasets",
                "ListExperiments",
                "ListModels",
                "ListPredictions",
                "PlanExperiment",
                "ServerReflectionInfo",
                "WatchExperiment"),
            EDITOR,
            List.of(
                "ForkExperiment", "ImportDataset", "ImportModel", "LaunchExperiment", "UploadBlob"),
            OPERATOR,
            List.of(
                "CancelExperiment",
                "PauseExperiment",
                "PromoteCheckpoint",
                "ResumeExperiment",
                "RetryStage",
                "SkipStage"),
            ADMIN,
            List.of("CollectGarbage", "DeleteExperiment", "ImportExperiment"));
    Map<String, Role> needed = new HashMap<>();
    methods.forEach((role, names) -> names.forEach(name -> needed.put(name, role)));
    return needed;
  }

  /** Which role a method needs; empty for one that nobody has thought of: it is closed. */
  static Optional<Role> of(String method) {
    return Optional.ofNullable(NEEDED.get(method));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
