package dev.kedge.report.page;

import dev.kedge.v1.Report;
import io.quarkus.qute.Template;

/** The page's tables as Markdown: points, suites, comparisons and notes. */
public final class ReportMarkdown {
  private static final Template TEMPLATE = PageTemplate.markdown("report.md");

  private ReportMarkdown() {}

  /**
   * The text of a report; what differs at 5% after Holm's correction is bold.
   *
   * @param all every point in every table; otherwise of many those that matter, but for the first
   *     table
   */
  public static String of(Report report, boolean all) {
    return TEMPLATE.data("page", PageView.of(report, all)).render();
  }
}
