package dev.kedge.cli.view;

import static java.util.Comparator.comparing;

import dev.kedge.v1.StageProgress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far a stage is, in words: {@code 120 of 266 steps loss 0.431}. A line has room for few
 * measurements; all of them are in {@code --json}.
 */
final class ProgressText {
  /** What people look at first. */
  private static final List<String> FIRST = List.of("loss", "samples_per_second");

  private static final int MOST = 2;

  private ProgressText() {}

  static String of(StageProgress progress) {
    String amount =
        progress.getTotal() > 0
            ? "%d of %d %s"
                .formatted(
                    progress.getDone(),
                    progress.getTotal(),
                    progress.getTotal() == 1 ? unit(progress) : progress.getUnit())
            : "%d %s".formatted(progress.getDone(), unit(progress));
    String metrics =
        progress.getMetricsMap().entrySet().stream()
            .sorted(comparing(ProgressText::rank).thenComparing(Map.Entry.comparingByKey()))
            .limit(MOST)
            .map(ProgressText::words)
            .collect(Collectors.joining());
    return amount + metrics;
  }

  /** Units are told in the plural. */
  private static String unit(StageProgress progress) {
    String many = progress.getUnit();
    return progress.getDone() == 1 && many.endsWith("s")
        ? many.substring(0, many.length() - 1)
        : many;
  }

  private static int rank(Map.Entry<String, Double> metric) {
    int place = FIRST.indexOf(metric.getKey());
    return place < 0 ? FIRST.size() : place;
  }

  /** Counts come as numbers like any other. */
  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? "%d".formatted((long) value)
        : "%.4g".formatted(value);
  }

  private static String words(Map.Entry<String, Double> metric) {
    return "  %s %s".formatted(metric.getKey().replace('_', ' '), number(metric.getValue()));
  }
}
