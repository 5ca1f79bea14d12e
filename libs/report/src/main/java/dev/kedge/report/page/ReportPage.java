package dev.kedge.report.page;

import dev.kedge.v1.Report;
import io.quarkus.qute.RawString;
import io.quarkus.qute.Template;

/** Writes the page: one file, no script, nothing from the network; every text is escaped. */
public final class ReportPage {
  private static final String STYLE = PageTemplate.resource("report.css");
  private static final Template TEMPLATE = PageTemplate.html("report.html");

  private ReportPage() {}

  /** The page of a report, which shows all on a screen and of many points some on paper. */
  public static String of(Report report) {
    return of(report, false);
  }

  /**
   * The page of a report.
   *
   * @param all shows all points on paper, too
   * @throws IllegalArgumentException if the report has no recommended point
   */
  public static String of(Report report, boolean all) {
    return render(PageView.of(report, all), true);
  }

  /**
   * What is on the page, for another page that has the {@link #style()}.
   *
   * @param pointsPath where that page has one for each point, which it asks for by {@code ?label=}
   */
  public static String within(Report report, String pointsPath) {
    return render(PageView.of(report, true, pointsPath), false);
  }

  /** The style sheet of the page. */
  public static String style() {
    return STYLE;
  }

  private static String render(PageView page, boolean alone) {
    return TEMPLATE
        .data("page", page)
        .data("style", new RawString(STYLE))
        .data("alone", alone)
        .render();
  }
}
