package dev.kedge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code docs/reference} says what the contracts say. With {@code -Dkedge.reference.write=true} the
 * pages are written anew.
 */
class ReferenceTest {
  private static final Path FOLDER = Path.of("..", "docs", "reference");
  private static final boolean WRITE = Boolean.getBoolean("kedge.reference.write");
  private static final String MADE =
      "<!-- Made of the .proto files by ReferenceTest; do not edit. -->";

  @ParameterizedTest
  @CsvSource({
    "kedge.v1, api.md, What clients call. [clients.md](../clients.md) shows how.",
    "kedge.stage.v1, stages.md, Between workers and stage services."
        + " [architecture.md](../architecture.md) says who calls whom.",
  })
  void theReferenceIsThatOfTheContracts(String name, String file, String about) throws IOException {
    String page = ReferencePage.of(name, about + "\n\n" + MADE, contracts());
    assertThat(Pattern.compile("^#+ (.*)$", Pattern.MULTILINE).matcher(page).results())
        .as("headings, by which links find them")
        .extracting(MatchResult::group)
        .extracting(heading -> heading.toLowerCase(Locale.ROOT).replaceAll("[ #.]", ""))
        .doesNotHaveDuplicates();
    assertThat(page).doesNotContain("|  |");
    if (WRITE) {
      Files.createDirectories(FOLDER);
      Files.writeString(FOLDER.resolve(file), page);
    }
    assertThat(FOLDER.resolve(file))
        .as("run this test with -Dkedge.reference.write=true, and commit the page")
        .exists()
        .content()
        .isEqualTo(page);
  }

  private static List<FileDescriptorProto> contracts() throws IOException {
    byte[] set = Files.readAllBytes(Path.of("target", "kedge.binpb"));
    return FileDescriptorSet.parseFrom(set).getFileList();
  }
}
