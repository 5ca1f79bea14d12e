package dev.kedge.report.page;

import dev.kedge.v1.Importance;
import dev.kedge.v1.Importance.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How much hangs on each part of a model, as a map of heat: a row for each block and for what lies
 * before and behind all of them.
 */
public record ImportanceMap(String label, int samples, List<Row> rows) {
  private static final List<String> IN_BLOCK = List.of("attention", "mlp", "norm");

  /** Steps of half a power of ten, of which the middle one is the mean over all weights. */
  private static final int STEPS = 8;

  /**
   * Some parts beside each other.
   *
   * @param whole whether the only cell takes the whole row
   */
  public record Row(String name, boolean whole, List<Heat> cells) {}

  /**
   * One part.
   *
   * @param step of its colour, from 0 to 8; −1 where a block has no such part
   * @param times the mean of its weights as a multiple of that over all, for example {@code 3.1×}
   * @param share its sum in percent of that over all
   */
  public record Heat(int step, String times, String share) {
    private static final Heat NONE = new Heat(-1, "", "");
  }

  static List<ImportanceMap> of(List<Importance> importances) {
    return importances.stream().map(ImportanceMap::of).toList();
  }

  private static ImportanceMap of(Importance importance) {
    Map<String, List<Part>> byRow = new LinkedHashMap<>();
    for (Part part : importance.getPartsList()) {
      String name = part.hasBlock() ? "block " + part.getBlock() : part.getKind();
      byRow.computeIfAbsent(name, any -> new ArrayList<>()).add(part);
    }
    Whole whole = Whole.of(importance);
    List<Row> rows = new ArrayList<>();
    byRow.forEach((name, parts) -> rows.add(row(name, parts, whole)));
    return new ImportanceMap(importance.getLabel(), importance.getSamples(), rows);
  }

  private static Row row(String name, List<Part> parts, Whole whole) {
    if (!parts.get(0).hasBlock()) {
      return new Row(name, true, List.of(whole.heat(parts.get(0))));
    }
    return new Row(
        name,
        false,
        IN_BLOCK.stream().map(kind -> of(kind, parts).map(whole::heat).orElse(Heat.NONE)).toList());
  }

  private static Optional<Part> of(String kind, List<Part> parts) {
    return parts.stream().filter(part -> part.getKind().equals(kind)).findFirst();
  }

  /** What a part is measured by. */
  private record Whole(double sum, double mean) {
    static Whole of(Importance importance) {
      double sum = importance.getPartsList().stream().mapToDouble(Part::getSum).sum();
      long weights = importance.getPartsList().stream().mapToLong(Part::getWeights).sum();
      return new Whole(sum, sum / weights);
    }

    Heat heat(Part part) {
      double times = sum == 0 ? 0 : part.getMean() / mean;
      double share = sum == 0 ? 0 : part.getSum() / sum;
      return new Heat(step(times), times(times), String.format(Locale.ROOT, "%.1f%%", 100 * share));
    }

    private static int step(double times) {
      double steps = STEPS / 2.0 + 2 * Math.log10(times);
      return (int) Math.round(Math.max(0, Math.min(STEPS, steps)));
    }

    private static String times(double times) {
      if (times < 0.01) {
        return "<0.01×";
      }
      return String.format(
          Locale.ROOT, times >= 10 ? "%.0f×" : times >= 1 ? "%.1f×" : "%.2f×", times);
    }
  }
}
