package dev.kedge.cli.view;

import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.ModelVersion;
import java.util.List;

/** Models and data sets for people. */
public final class RegistryView {
  private RegistryView() {}

  /** One model. */
  public static String model(ModelVersion model) {
    String aliases =
        model.getAliasesList().isEmpty() ? "" : ", also @" + String.join(" @", aliases(model));
    String experiment = model.getExperiment();
    return "%s: %s, %s, %s%s%s"
        .formatted(
            shortName(model.getName()),
            model.getFamily(),
            Counts.of(model.getParameters(), "weight"),
            model.getArtifact(),
            aliases,
            experiment.isEmpty() ? "" : ", from " + shortName(experiment));
  }

  /** Many models. */
  public static String models(List<ModelVersion> models) {
    var table = new Table("MODEL", "FAMILY", ">WEIGHTS", "ALIASES", "CREATED", "ORIGIN");
    models.forEach(
        model ->
            table.row(
                shortName(model.getName()),
                model.getFamily(),
                "%,d".formatted(model.getParameters()),
                String.join(" ", aliases(model)),
                Times.date(model.getCreateTime()),
                model.getExperiment().isEmpty()
                    ? model.getOrigin()
                    : shortName(model.getExperiment())));
    return table.toString();
  }

  /** One data set. */
  public static String dataset(DatasetVersion dataset) {
    return "%s: %s %s, %s%s"
        .formatted(
            shortName(dataset.getName()),
            Counts.of(dataset.getRecords(), "record"),
            Visible.line(contents(dataset)),
            dataset.getArtifact(),
            warning(dataset.getEmptyFolderCount(), dataset.getEmptyFoldersList()));
  }

  private static String warning(int count, List<String> examples) {
    return count == 0
        ? ""
        : "%nwarning: %s without a file: %s%s; if a class is missing, put its pictures there and import again"
            .formatted(
                Counts.of(count, "folder is", "folders are"),
                Visible.line(String.join(", ", examples)),
                count > examples.size() ? ", …" : "");
  }

  private static String contents(DatasetVersion dataset) {
    return dataset.getFieldsCount() > 0
        ? "with the fields " + String.join(", ", dataset.getFieldsList())
        : "in %s (%s)"
            .formatted(
                Counts.of(dataset.getClassesCount(), "class", "classes"),
                String.join(", ", dataset.getClassesList()));
  }

  /** Many data sets. */
  public static String datasets(List<DatasetVersion> datasets) {
    var table = new Table("DATASET", "FORMAT", ">RECORDS", ">CLASSES", "CREATED", "ORIGIN");
    datasets.forEach(
        dataset ->
            table.row(
                shortName(dataset.getName()),
                dataset.getFormat(),
                "%,d".formatted(dataset.getRecords()),
                dataset.getFieldsCount() > 0 ? "-" : String.valueOf(dataset.getClassesCount()),
                Times.date(dataset.getCreateTime()),
                dataset.getOrigin()));
    return table.toString();
  }

  private static List<String> aliases(ModelVersion model) {
    return List.copyOf(model.getAliasesList());
  }

  /** The name as an experiment file gives it: without its project. */
  private static String shortName(String name) {
    return name.replaceFirst("^projects/[^/]+/", "");
  }
}
