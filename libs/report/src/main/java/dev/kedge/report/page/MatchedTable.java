package dev.kedge.report.page;

import dev.kedge.v1.Report;
import java.util.List;
import java.util.stream.Stream;

/**
 * Methods beside something else at the same speciality.
 *
 * @param primary whether it is everything beside the reference; otherwise methods beside an average
 * @param other the label of what they are beside
 */
public record MatchedTable(boolean primary, String other, List<MatchedRow> rows) {

  /** The tables that have a row, the primary one first. */
  static List<MatchedTable> of(Report report, Plane plane) {
    MatchedTable primary =
        new MatchedTable(
            true, report.getReference(), MatchedRow.of(report.getMatchedList(), plane));
    Stream<MatchedTable> averages =
        report.getAveragesList().stream()
            .map(
                one ->
                    new MatchedTable(
                        false, one.getLabel(), MatchedRow.of(one.getMethodsList(), plane)));
    return Stream.concat(Stream.of(primary), averages)
        .filter(table -> !table.rows().isEmpty())
        .toList();
  }
}
