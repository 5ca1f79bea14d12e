package dev.kedge.report.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The templates beside this package; what they show is escaped for their kind of text. */
final class PageTemplate {
  private PageTemplate() {}

  static Template html(String name) {
    return parsed(name, Variant.TEXT_HTML, new HtmlEscaper(List.of(Variant.TEXT_HTML)));
  }

  static Template markdown(String name) {
    return parsed(name, "text/markdown", new MarkdownEscaper());
  }

  private static Template parsed(String name, String kind, ResultMapper escaper) {
    Engine engine =
        Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(escaper)
            .build();
    return engine.parse(resource(name), Variant.forContentType(kind));
  }

  static String resource(String name) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Text that is neither a table's edge, nor markup, nor a line of its own. */
  private static final class MarkdownEscaper implements ResultMapper {
    @Override
    public boolean appliesTo(Origin origin, Object result) {
      return true;
    }

    @Override
    public String map(Object result, Expression expression) {
      return result
          .toString()
          .replaceAll("([\\\\|*_`\\[])", "\\\\$1")
          .replace("<", "&lt;")
          .replaceAll("\\s+", " ");
    }
  }
}
