package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationIndexTest {
  @TempDir Path folder;

  @Test
  void predictionsAreFoundBySuiteAndCandidate() throws IOException {
    Predictions predictions = Samples.outcomes("101");
    EvaluationIndex index = new EvaluationIndex();
    Path file = folder.resolve(index.add("photo", "full-alpha0.5"));
    index.write(folder);
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      predictions.write(out);
    }

    EvaluationIndex read = EvaluationIndex.read(folder);

    assertThat(read).isEqualTo(index);
    assertThat(read.predictions(folder, "photo", "full-alpha0.5")).isEqualTo(predictions);
    assertThatThrownBy(() -> read.predictions(folder, "photo", "l2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'l2' on 'photo'");
    assertThatThrownBy(() -> read.predictions(folder, "art", "l2"))
        .hasMessageContaining("'l2' on 'art'");
  }
}
