package dev.kedge.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelTextsTest {
  private static final Path KERNELS = Path.of("src/main/resources/dev/kedge/models");

  /** Functions that make a tensor out of numbers, with all that stands in their line. */
  private static final Pattern FACTORY =
      Pattern.compile(
          "torch\\.(arange|full|zeros|ones|empty|eye|linspace|logspace|tensor|tril_indices|"
              + "triu_indices|rand|randn|randint|randperm|normal|bernoulli|multinomial|"
              + "scalar_tensor|one_hot|bincount|cartesian_prod|range)\\(.*");

  /** What is made without a device is made in main memory, where a GPU's kernels cannot use it. */
  @Test
  void everyTensorThatAKernelMakesNamesItsDevice() throws IOException {
    List<String> made =
        lines().flatMap(line -> FACTORY.matcher(line).results()).map(m -> m.group()).toList();
    assertThat(made).hasSizeGreaterThan(5).allMatch(call -> call.contains("device="));
  }

  private static Stream<String> lines() throws IOException {
    try (Stream<Path> files = Files.walk(KERNELS)) {
      List<Path> texts = files.filter(file -> file.toString().endsWith(".torchscript")).toList();
      assertThat(texts).hasSizeGreaterThan(5);
      return texts.stream().flatMap(KernelTextsTest::lines);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
