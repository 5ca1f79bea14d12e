package dev.kedge.cli.view;

import dev.kedge.v1.CollectedGarbage;
import dev.kedge.v1.CollectedGarbage.Amount;
import dev.kedge.v1.CollectedGarbage.Kind;
import java.util.Set;
import java.util.stream.Stream;

/** What a project keeps, and what of it nothing names, for people. */
public final class GarbageView {
  /** What there is only after something went wrong. */
  private static final Set<String> RARE = Set.of("spoilt", "arrival");

  private GarbageView() {}

  /** A table of all kinds, and what happens to what nothing names. */
  public static String of(CollectedGarbage collected) {
    Table table =
        new Table(
            "",
            ">KEPT",
            ">MB",
            ">NAMED BY NOTHING",
            ">MB",
            collected.getRemoving() ? ">REMOVED" : ">TO BE REMOVED",
            ">MB");
    collected.getKindsList().stream()
        .filter(GarbageView::isThere)
        .forEach(kind -> table.row(cells(kind)));
    return table + "\n\n" + words(collected);
  }

  private static boolean isThere(Kind kind) {
    return !RARE.contains(kind.getKind()) || isAny(kind);
  }

  private static boolean isAny(Kind kind) {
    return Stream.of(kind.getKept(), kind.getWaiting(), kind.getRemoved())
        .anyMatch(amount -> amount.getCount() > 0);
  }

  private static String[] cells(Kind kind) {
    return new String[] {
      kind.getKind(),
      count(kind.getKept()),
      megabytes(kind.getKept()),
      count(kind.getWaiting()),
      megabytes(kind.getWaiting()),
      count(kind.getRemoved()),
      megabytes(kind.getRemoved())
    };
  }

  private static String words(CollectedGarbage collected) {
    String next =
        collected.hasNext()
            ? "The first of what nothing names may go at %s."
                .formatted(Times.date(collected.getNext()))
            : "All that is left is named by a record.";
    return collected.getRemoving() ? next : next + " Nothing was changed: --remove does it.";
  }

  private static String count(Amount amount) {
    return "%,d".formatted(amount.getCount());
  }

  private static String megabytes(Amount amount) {
    return "%,.1f".formatted(amount.getBytes() / 1e6);
  }
}
