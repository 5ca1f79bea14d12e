package dev.kedge.cli.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a known test is made, as a file: the fields of an evaluation but for its data and its role,
 * and what it is {@code about}.
 *
 * @param name a built-in one's, or a path
 * @param text YAML
 */
public record SuiteDefinition(String name, String text) {
  /** The field that is for people. */
  static final String ABOUT = "about";

  private static final String FOLDER = "/dev/kedge/suites/";

  private static final List<String> BUILT_IN =
      List.of(
          "arc-challenge",
          "arc-easy",
          "boolq",
          "commonsenseqa",
          "domainnet",
          "domainnet-126",
          "domainnet-40",
          "hellaswag",
          "ifeval",
          "imagenet",
          "imagenet-a",
          "imagenet-r",
          "imagenet-v2",
          "instruction",
          "medmcqa",
          "medqa",
          "objectnet",
          "office-home",
          "openbookqa",
          "pacs",
          "perplexity",
          "piqa",
          "pubmedqa",
          "winogrande");

  /** Names of those that come with Kedge, sorted. */
  public static List<String> builtIn() {
    return BUILT_IN;
  }

  /**
   * Finds a definition.
   *
   * @param name a built-in one's, or a path, which has a {@code /} or ends with {@code .yaml}
   * @param folder what a path is relative to
   * @throws IllegalArgumentException if there is none; the message names those that there are
   */
  public static SuiteDefinition find(String name, Path folder) {
    try {
      return name.contains("/") || name.endsWith(".yaml")
          ? ofFile(name, folder.resolve(name))
          : ofName(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SuiteDefinition ofFile(String name, Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          "there is no file %s: paths are relative to the experiment file".formatted(file));
    }
    return new SuiteDefinition(name, TextFile.read(file, "a suite's definition"));
  }

  private static SuiteDefinition ofName(String name) throws IOException {
    if (!BUILT_IN.contains(name)) {
      throw new IllegalArgumentException(
          "there is no suite `%s`: name one of %s, or a file as ./my-suite.yaml"
              .formatted(name, String.join(", ", BUILT_IN)));
    }
    try (InputStream in = SuiteDefinition.class.getResourceAsStream(FOLDER + name + ".yaml")) {
      return new SuiteDefinition(name, new String(in.readAllBytes(), UTF_8));
    }
  }

  /** What it is about, in one line; empty where it does not say. */
  public String about() {
    return Mappings.value(YamlDocument.parse(text, new Findings(), "`language:`"), ABOUT)
        .map(Mappings::scalar)
        .orElse("");
  }
}
