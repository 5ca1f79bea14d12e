package dev.kedge.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.train.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How losses and norms went: the part of a training run's history that does not depend on clocks,
 * so that a resumed run writes the same bytes. Long phases are thinned evenly.
 */
final class Trace {
  static final String FILE = "training-trace.json";

  private static final int POINTS_PER_PHASE = 1000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Point> points = new ArrayList<>();
  private StepReport last;

  /**
   * One step.
   *
   * @param phase the phase's name
   */
  record Point(
      String phase,
      int step,
      double learningRate,
      double taskLoss,
      double addedLoss,
      double gradientNorm) {}

  void add(Phase phase, StepReport step) {
    last = step;
    int stride = 1 + (phase.steps() - 1) / POINTS_PER_PHASE;
    if (step.step() % stride == 0 || step.step() == phase.steps() - 1) {
      points.add(
          new Point(
              phase.name(),
              step.step(),
              step.rate(),
              step.taskLoss(),
              step.addedLoss(),
              step.gradientNorm()));
    }
  }

  /** The last step, noted or not. */
  StepReport last() {
    return last;
  }

  /** What has been noted so far. */
  List<Point> points() {
    return List.copyOf(points);
  }

  /** The last step's measurements, named for a stage's result. */
  Map<String, Double> result() {
    Map<String, Double> metrics = new HashMap<>();
    if (!points.isEmpty()) {
      Point last = points.get(points.size() - 1);
      metrics.put("task_loss", last.taskLoss());
      metrics.put("added_loss", last.addedLoss());
      metrics.put("gradient_norm", last.gradientNorm());
    }
    return metrics;
  }

  static void write(List<Point> points, Path folder) throws IOException {
    Files.writeString(
        folder.resolve(FILE),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(points) + "\n");
  }

  /** Takes over what an earlier attempt noted. */
  void read(Path folder) throws IOException {
    points.addAll(
        JSON.readValue(folder.resolve(FILE).toFile(), new TypeReference<List<Point>>() {}));
  }
}
