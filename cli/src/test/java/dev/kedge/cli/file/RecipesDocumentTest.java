package dev.kedge.cli.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/recipes.md teaches what the reader understands, and all of it. */
class RecipesDocumentTest {
  private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  @Test
  void everyExampleIsAMergeFile() throws IOException {
    assertThat(examples())
        .hasSizeGreaterThan(12)
        .allSatisfy(
            example ->
                assertThatCode(() -> MergeFile.parse("example", example, Path.of("/")))
                    .doesNotThrowAnyException());
  }

  @Test
  void everyFieldOfEveryKindIsInTheExampleOfItsKind() throws IOException {
    for (Map.Entry<String, Map<String, RecipeFields.Field>> kind : RecipeFields.KINDS.entrySet()) {
      assertThat(examples())
          .as(kind.getKey())
          .anySatisfy(
              example -> {
                assertThat(example).contains("  " + kind.getKey() + ":");
                assertThat(example).contains(kind.getValue().keySet());
              });
    }
  }

  private static List<String> examples() throws IOException {
    return EXAMPLE
        .matcher(Files.readString(Path.of("../docs/recipes.md")))
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
