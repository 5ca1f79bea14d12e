package dev.kedge.cli.transfer;

import dev.kedge.cli.UserMistakeException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Other names of a table's columns, as {@code --column} gives them. */
public final class ColumnNames {
  private ColumnNames() {}

  /**
   * Wanted name to the table's.
   *
   * @param given each {@code NAME=COLUMN}
   * @throws UserMistakeException if one is not of this form, or a name is given twice
   */
  public static Map<String, String> of(List<String> given) {
    Map<String, String> columns = new TreeMap<>();
    for (String each : given) {
      int equals = each.indexOf('=');
      if (equals < 1 || equals == each.length() - 1) {
        throw new UserMistakeException(
            "--column %s: write NAME=COLUMN, for example question=prompt".formatted(each));
      }
      String name = each.substring(0, equals);
      String before = columns.putIfAbsent(name, each.substring(equals + 1));
      if (before != null) {
        throw new UserMistakeException(
            "--column %s: %s is the column %s already: give it one column"
                .formatted(each, name, before));
      }
    }
    return columns;
  }
}
