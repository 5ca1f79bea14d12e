package dev.kedge.gateway.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveTemplatesTest {
  private static final Pattern WALKED_TO =
      Pattern.compile("<(?:a|summary)\\b[^>]*>|<\\w+ [^>]*tabindex[^>]*>");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "actions",
        "curves",
        "facts",
        "graph",
        "lanes",
        "list",
        "log",
        "mend",
        "mending",
        "operations",
        "parked",
        "rows",
        "standing",
        "summary",
        "unreachable"
      })
  void whatIsWalkedToByKeyboardIsFoundAgainByItsIdAfterAChange(String part) throws IOException {
    assertThat(WALKED_TO.matcher(template(part)).results().map(MatchResult::group))
        .as(part)
        .allMatch(tag -> tag.contains(" id=\""));
  }

  private static String template(String name) throws IOException {
    try (InputStream in =
        LiveTemplatesTest.class.getResourceAsStream("/templates/" + name + ".html")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
