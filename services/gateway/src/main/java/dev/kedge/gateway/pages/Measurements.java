package dev.kedge.gateway.pages;

import dev.kedge.v1.StageProgress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a stage measured on its way, by how far it was. */
final class Measurements {
  private static final String LOSS = "loss";
  private static final String TASK_LOSS = "task_loss";
  private static final String PENALTY = "penalty";

  /** As people ask for them; others follow by name. */
  private static final List<String> ORDER =
      List.of(LOSS, TASK_LOSS, PENALTY, "gradient_norm", "samples_per_second", "learning_rate");

  private final Map<String, SortedMap<Long, Double>> values = new TreeMap<>();
  private String unit = "";

  /** A stage that went on from saved progress says some again: the newest counts. */
  void add(StageProgress progress) {
    unit = progress.getUnit();
    progress.getMetricsMap().forEach((name, value) -> put(name, progress.getDone(), value));
    Double all = progress.getMetricsMap().get(LOSS);
    Double task = progress.getMetricsMap().get(TASK_LOSS);
    if (all != null && task != null) {
      put(PENALTY, progress.getDone(), all - task);
    }
  }

  private void put(String name, long at, double value) {
    if (Double.isFinite(value)) {
      values.computeIfAbsent(name, any -> new TreeMap<>()).put(at, value);
    }
  }

  void forget() {
    values.clear();
  }

  /** One for each; what protects nothing has no penalty, and the task's loss is the whole. */
  List<Curve> curves() {
    boolean free =
        values.getOrDefault(PENALTY, new TreeMap<>()).values().stream().allMatch(v -> v == 0);
    List<String> names = new ArrayList<>(values.keySet());
    if (free) {
      names.removeAll(List.of(PENALTY, TASK_LOSS));
    }
    names.sort(
        Comparator.comparingInt(
                (String name) -> ORDER.contains(name) ? ORDER.indexOf(name) : ORDER.size())
            .thenComparing(Comparator.naturalOrder()));
    return names.stream()
        .map(name -> Curve.of(name, values.get(name), unit))
        .collect(Collectors.toList());
  }
}
