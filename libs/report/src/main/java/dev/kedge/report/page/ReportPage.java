package dev.kedge.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kedge.v1.Report;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Template;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the page: one file, no script, nothing from the network; every text is escaped. */
public final class ReportPage {
  private static final String STYLE = resource("report.css");
  private static final Template TEMPLATE = template();

  private ReportPage() {}

  /**
   * The page of a report.
   *
   * @throws IllegalArgumentException if the report has no recommended point
   */
  public static String of(Report report) {
    return TEMPLATE.data("page", PageView.of(report)).data("style", new RawString(STYLE)).render();
  }

  private static Template template() {
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();
    return engine.parse(resource("report.html"), Variant.forContentType(Variant.TEXT_HTML));
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
