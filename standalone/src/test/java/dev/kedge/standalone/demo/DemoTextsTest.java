package dev.kedge.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTextsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path disk;

  private Map<String, Path> written(String folder) throws IOException {
    return new DemoTexts(1).writeAll(Files.createDirectory(disk.resolve(folder)));
  }

  private static List<JsonNode> records(Path file) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      records.add(JSON.readTree(line));
    }
    return records;
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    Map<String, Path> one = written("one");
    Map<String, Path> other = written("other");
    assertThat(one.keySet()).isEqualTo(other.keySet());
    assertThat(one.get("remedies-train")).hasSameBinaryContentAs(other.get("remedies-train"));
    assertThat(one.get("towns-test").resolve("007.txt"))
        .hasSameBinaryContentAs(other.get("towns-test").resolve("007.txt"));
  }

  @Test
  void testsAskWhatIsTrainedInWordsThatAreNot() throws IOException {
    Map<String, Path> data = written("data");
    Set<String> trained = new HashSet<>();
    records(data.get("remedies-train")).forEach(one -> trained.add(one.path("question").asText()));
    for (JsonNode asked : records(data.get("remedies-test"))) {
      assertThat(trained).doesNotContain(asked.path("question").asText());
      assertThat(asked.path("choices")).hasSize(4);
      assertThat(asked.path("choices").get(asked.path("answer").asInt()).asText()).endsWith("wort");
    }
    assertThat(trained).hasSize(80);
  }

  @Test
  void subjectsShareNoNames() {
    Set<String> names = new HashSet<>(Subject.towns(1).things());
    names.addAll(Subject.towns(1).answers());
    assertThat(names).hasSize(80).doesNotContainAnyElementsOf(Subject.remedies(1).things());
  }
}
