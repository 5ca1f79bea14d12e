package dev.kedge.cli.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.kedge.v1.ExperimentSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The document that explains the file is checked against the file's own schema. */
class ExperimentFileDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/experiment-file.md");
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyExampleOfTheDocumentCanBeRead() throws IOException {
    assertThat(examples())
        .hasSizeGreaterThan(3)
        .allSatisfy(
            example ->
                assertThat(ExperimentFile.parse("example", example, Map.of()).lines())
                    .isNotEmpty());
  }

  @Test
  void everyFieldOfTheFileIsInAnExample() throws IOException {
    String all = String.join("\n", examples());

    assertThat(fields(ExperimentSpec.getDescriptor(), new TreeSet<>()))
        .allSatisfy(field -> assertThat(all).containsPattern("\\b" + field + ":"));
  }

  private static List<String> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map((MatchResult example) -> example.group(1))
        .toList();
  }

  private static Set<String> fields(Descriptor message, Set<String> names) {
    for (FieldDescriptor field : message.getFields()) {
      names.add(field.getName());
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField()) {
        fields(field.getMessageType(), names);
      }
    }
    return names;
  }
}
