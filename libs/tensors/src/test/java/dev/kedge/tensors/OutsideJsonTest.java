package dev.kedge.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideJsonTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("config.json");
  }

  @Test
  void whatIsOfAnOrdinarySizeIsRead() throws IOException {
    Files.writeString(file, "{\"a\": [1, {\"b\": null}]}");
    assertThat(OutsideJson.SETTINGS.tree(file).path("a")).hasSize(2);
  }

  @Test
  void aFileThatIsTooLargeIsRefusedBeforeItIsOpened() throws IOException {
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(10L << 30);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutsideJson.SETTINGS.tree(file))
        .withMessage(
            "'config.json' has 10,737,418,240 bytes, and of settings at most 8,388,608 are read:"
                + " give the model's own file, as its makers have published it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutsideJson.VOCABULARY.parser(file))
        .withMessageContaining("of a tokenizer at most 67,108,864 are read");
  }

  @Test
  void aSmallFileOfManyValuesIsLeftInTheMidst() throws IOException {
    Files.writeString(file, "[" + "0,".repeat(500_000) + "0]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutsideJson.SETTINGS.tree(file))
        .withMessageStartingWith("'config.json' goes beyond what is read of settings, 500,000");
    Files.writeString(file, "[".repeat(200) + "]".repeat(200));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OutsideJson.SETTINGS.tree(file))
        .withMessageContaining("at most 100 deep");
  }

  @Test
  void whatComesAsAStreamHasTheSameLimit() throws IOException {
    Files.writeString(file, " ".repeat(9 << 20));
    try (var in = Files.newInputStream(file);
        var parser = OutsideJson.SETTINGS.parser(in)) {
      assertThatThrownBy(parser::nextToken).isInstanceOf(StreamConstraintsException.class);
    }
  }

  @Test
  void whatIsNoJsonIsLeftToWhoeverAsked() throws IOException {
    Files.writeString(file, "{");
    assertThatThrownBy(() -> OutsideJson.SETTINGS.tree(file))
        .isInstanceOf(JsonProcessingException.class);
  }
}
