package dev.kedge.cli.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Aligned columns of cells that have one line each. Columns whose name begins with {@code >} are
 * aligned to the right.
 */
final class Table {
  private static final String GAP = "  ";

  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... columns) {
    this.columns = List.of(columns);
    row(this.columns.stream().map(name -> name.replaceFirst("^>", "")).toArray(String[]::new));
  }

  Table row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns".formatted(cells.length, columns.size()));
    }
    rows.add(Arrays.stream(cells).map(Visible::line).toList());
    return this;
  }

  @Override
  public String toString() {
    int[] widths =
        IntStream.range(0, columns.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
  }

  private String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(column -> cell(row.get(column), widths[column], column))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private String cell(String text, int width, int column) {
    String space = " ".repeat(width - text.length());
    return columns.get(column).startsWith(">") ? space + text : text + space;
  }
}
