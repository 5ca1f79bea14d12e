package dev.kedge.data;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** What a row says of a column that it needs. */
final class NamedColumns {
  private static final int MOST_SHOWN = 8;
  private static final int LONGEST_SHOWN = 40;

  private NamedColumns() {}

  /**
   * Why a row names nothing in a column: the value is missing, or the column is.
   *
   * @param wanted the column
   * @param names what it may be called
   */
  static String missing(String wanted, List<String> names, ObjectNode row) {
    String missing = "names no " + wanted;
    return names.stream().anyMatch(row::has)
        ? missing
        : "%s: of its columns %s name one by --column %s=COLUMN"
            .formatted(missing, columns(row), wanted);
  }

  private static String columns(ObjectNode row) {
    String shown =
        row.properties().stream()
            .limit(MOST_SHOWN)
            .map(column -> column.getKey())
            .map(
                name ->
                    name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name)
            .collect(Collectors.joining(", "));
    int more = row.size() - MOST_SHOWN;
    return more > 0 ? "%s and %d more".formatted(shown, more) : shown;
  }
}
