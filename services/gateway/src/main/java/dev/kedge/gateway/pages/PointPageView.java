package dev.kedge.gateway.pages;

import dev.kedge.gateway.experiments.PointOrigin;
import dev.kedge.report.page.PointView;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.v1.ModelVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A point of a report on a page of its own.
 *
 * @param numbers what the report says of it
 * @param origin how it came to be
 * @param candidates the models that it is a mean over
 * @param recommended digest of the files that hold it, if it is recommended; else empty
 * @param models versions that have these files, or those of a candidate
 */
public record PointPageView(
    ExperimentView experiment,
    PointView numbers,
    PointOrigin origin,
    List<CandidateView> candidates,
    String recommended,
    List<ModelVersion> models) {
  private static final String FIRST_KIND = "PREPARE";

  /** Its label. */
  public String label() {
    return numbers.point().getLabel();
  }

  /** Stages that made it, the last first; those that prepared data are told by the data's names. */
  public List<StageView> stages() {
    return origin.stages().stream()
        .filter(stage -> !stage.getKind().equals(FIRST_KIND))
        .sorted(Comparator.comparingInt(stage -> -origin.stages().indexOf(stage)))
        .map(StageView::of)
        .toList();
  }

  /** The name of each input in the file, and where its page is. */
  public Map<String, String> inputs() {
    Map<String, String> paths = new TreeMap<>();
    origin.inputs().forEach((name, version) -> paths.put(name, versionPath(version)));
    return paths;
  }

  /** A recipe in a line. */
  public String text(Recipe recipe) {
    return RecipeText.of(recipe);
  }

  /** Candidates that have files of their own. */
  public List<CandidateView> inFiles() {
    return candidates.stream().filter(one -> !one.checkpoint().isEmpty()).toList();
  }

  /** The stage whose output the files are; empty where they are none's. */
  public List<StageView> holders(String checkpoint) {
    return experiment.stages().stream()
        .filter(view -> !checkpoint.isEmpty() && view.stage().getArtifact().equals(checkpoint))
        .limit(1)
        .toList();
  }

  /** Where a version of a model or a data set is shown. */
  static String versionPath(String version) {
    return "/" + version.replaceFirst("/versions/(\\d+)$", "#version-$1");
  }
}
