package dev.kedge.report.page;

import dev.kedge.v1.Report;
import dev.kedge.v1.Search;
import java.util.List;
import java.util.Locale;

/**
 * What one search tried.
 *
 * @param about what was searched for, and by what, in words
 * @param tried heading of what was tried
 * @param kept heading of what became of it
 */
public record SearchTable(
    String candidate, String about, String tried, String kept, List<Row> rows) {
  /** One thing that was tried. */
  public record Row(String tried, String score, boolean kept) {}

  static List<SearchTable> of(Report report) {
    return report.getSearchesList().stream().map(SearchTable::of).toList();
  }

  private static SearchTable of(Search search) {
    boolean soup = search.getKind().equals("greedy_soup");
    return new SearchTable(
        search.getCandidate(),
        "%s, by %s, %s is better"
            .formatted(
                search.getKind().replace('_', ' '),
                search.getUnit(),
                search.getLowerIsBetter() ? "less" : "more"),
        soup ? "members" : "share of the fine-tuned model in each block",
        soup ? "the last one stays" : "found",
        search.getTrialsList().stream().map(SearchTable::row).toList());
  }

  private static Row row(Search.Trial trial) {
    return new Row(
        trial.getTried(), String.format(Locale.ROOT, "%.4f", trial.getScore()), trial.getKept());
  }
}
