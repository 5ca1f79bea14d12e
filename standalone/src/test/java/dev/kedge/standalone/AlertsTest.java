package dev.kedge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/alerts.md} tells operators of every alert of the chart, and of no other. */
class AlertsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path RUNBOOK = ROOT.resolve("docs/alerts.md");
  private static final Pattern ALERT = Pattern.compile("(?m)^ *- alert: (\\w+)$");
  private static final Pattern SECTION = Pattern.compile("(?ms)^## (\\w+)$(.*?)(?=^## |\\z)");

  @Test
  void everyAlertHasItsSectionInTheOrderOfTheFileAndNoOtherHas() throws IOException {
    List<String> alerts = found(ALERT, ROOT.resolve("helm/kedge/files/alerts.yaml"), 1);

    assertThat(alerts).contains("KedgeBug", "KedgeStoreSlow");
    assertThat(found(SECTION, RUNBOOK, 1)).containsExactlyElementsOf(alerts);
  }

  @Test
  void everySectionSaysWhatItMeansWhatToLookAtAndWhatToDo() throws IOException {
    assertThat(found(SECTION, RUNBOOK, 2))
        .isNotEmpty()
        .allSatisfy(text -> assertThat(text).contains("**Means**", "**Look at**", "**Do**"));
  }

  private static List<String> found(Pattern what, Path file, int group) throws IOException {
    return what.matcher(Files.readString(file))
        .results()
        .map((MatchResult each) -> each.group(group))
        .toList();
  }
}
