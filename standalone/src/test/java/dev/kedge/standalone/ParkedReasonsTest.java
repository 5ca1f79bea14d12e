package dev.kedge.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.stage.StageStopped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/parked.md} tells operators of every reason that a stage can be parked for. */
class ParkedReasonsTest {
  private static final Path ROOT = Path.of("..");

  private static final Pattern REASON =
      Pattern.compile(
          "(?:StageException\\s*\\.\\s*(?:user|resources|internal)\\(|Blame\\.[A-Z]+,|error\\()"
              + "\\s*\"([A-Z][A-Z_]*[A-Z])\"");

  @Test
  void everyReasonThatTheCodeGivesIsInTheRunbook() throws IOException {
    String runbook = Files.readString(ROOT.resolve("docs/parked.md"));
    Set<String> reasons = reasons();
    assertThat(reasons).contains("OUT_OF_MEMORY", "UNUSABLE_DATA", "MACHINE_LOST");
    assertThat(reasons).allSatisfy(reason -> assertThat(runbook).contains("`" + reason + "`"));
    assertThat(EnumSet.complementOf(EnumSet.of(StageStopped.Why.CANCELLED)))
        .as("why a stage stops that nobody has cancelled")
        .allSatisfy(why -> assertThat(runbook).contains("`STAGE_" + why + "`"));
  }

  private static Set<String> reasons() throws IOException {
    Set<String> reasons = new TreeSet<>();
    for (String folder : new String[] {"services", "workflows", "libs/stage", "libs/compute"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        for (Path file : files.filter(ParkedReasonsTest::isSource).toList()) {
          Matcher matcher = REASON.matcher(Files.readString(file));
          while (matcher.find()) {
            reasons.add(matcher.group(1));
          }
        }
      }
    }
    return reasons;
  }

  private static boolean isSource(Path file) {
    String path = file.toString();
    return path.endsWith(".java") && path.contains("src/main/java");
  }
}
