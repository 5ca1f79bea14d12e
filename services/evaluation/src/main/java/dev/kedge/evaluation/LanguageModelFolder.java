package dev.kedge.evaluation;

import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.score.LanguageScorer;
import dev.kedge.tensors.DType;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.RecipeTensors;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A recipe of language models that can be loaded. It is applied while weights are read; no file is
 * written.
 *
 * @param folder where the tokenizer is, which all checkpoints share
 * @param config their architecture
 * @param weights what the recipe comes to
 */
record LanguageModelFolder(Path folder, LanguageConfig config, TensorSource weights) {
  /**
   * Checks a recipe and its checkpoints.
   *
   * @throws IllegalArgumentException if a checkpoint is no language model, or they differ in
   *     architecture or tokenizer
   */
  static LanguageModelFolder open(Recipe recipe, Sources sources) throws IOException {
    List<Path> folders = recipe.checkpoints().stream().map(sources::folder).toList();
    LanguageConfig config = commonConfig(folders);
    Map<String, TensorSource> parts = new TreeMap<>(sources.fishers(recipe));
    for (String digest : recipe.checkpoints()) {
      parts.put(digest, LanguageFolder.named(config, sources.checkpoint(digest)));
    }
    return new LanguageModelFolder(
        folders.get(0), config, RecipeTensors.of(recipe, parts, DType.F32));
  }

  private static LanguageConfig commonConfig(List<Path> folders) throws IOException {
    Path first = folders.get(0);
    LanguageConfig config = LanguageFolder.check(first);
    byte[] tokenizer = LanguageTokenizer.definition(first);
    for (Path other : folders) {
      if (!LanguageFolder.check(other).decoder().equals(config.decoder())
          || !Arrays.equals(LanguageTokenizer.definition(other), tokenizer)) {
        throw new IllegalArgumentException(
            "its checkpoints differ in architecture or tokenizer; mix only checkpoints of one base");
      }
    }
    return config;
  }

  /** Reads tokenizer and weights. */
  LanguageCandidate load() throws IOException {
    LanguageTokenizer tokenizer = LanguageTokenizer.open(folder);
    try {
      return new LanguageCandidate(config, tokenizer, new LanguageScorer(config, weights));
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }
}
