package dev.kedge.cli.view;

import dev.kedge.v1.StageProgress;
import java.util.Map;
import java.util.stream.Collectors;

/** How far a stage is, in words: {@code 120 of 266 steps loss 0.431}. */
final class ProgressText {
  private ProgressText() {}

  static String of(StageProgress progress) {
    String amount =
        progress.getTotal() > 0
            ? "%d of %d %s".formatted(progress.getDone(), progress.getTotal(), progress.getUnit())
            : "%d %s".formatted(progress.getDone(), progress.getUnit());
    String metrics =
        progress.getMetricsMap().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(metric -> "  %s %.4g".formatted(metric.getKey(), metric.getValue()))
            .collect(Collectors.joining());
    return amount + metrics;
  }
}
