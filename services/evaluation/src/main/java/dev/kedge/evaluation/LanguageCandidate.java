package dev.kedge.evaluation;

import dev.kedge.models.language.LanguageConfig;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageTokenizer;
import dev.kedge.models.score.LanguageScorer;
import dev.kedge.stage.StageContext;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.DType;
import dev.kedge.tensors.Mixture;
import dev.kedge.tensors.RecipeTensors;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A candidate that is a language model. Its recipe is applied while its weights are read; no file
 * is written.
 *
 * @param config its architecture
 * @param tokenizer its tokenizer
 * @param scorer its weights at work
 */
record LanguageCandidate(LanguageConfig config, LanguageTokenizer tokenizer, LanguageScorer scorer)
    implements AutoCloseable {

  /**
   * Opens a mixture.
   *
   * @throws IllegalArgumentException if a checkpoint is no language model, or they differ in
   *     architecture or tokenizer
   */
  static LanguageCandidate open(Mixture mixture, StageContext context) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String digest : mixture.weights().keySet()) {
      folders.add(context.artifact(digest));
    }
    LanguageConfig config = commonConfig(folders);
    LanguageTokenizer tokenizer = LanguageTokenizer.open(folders.get(0));
    try {
      return new LanguageCandidate(config, tokenizer, scorer(config, mixture, context));
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
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

  private static LanguageScorer scorer(LanguageConfig config, Mixture mixture, StageContext context)
      throws IOException {
    List<Checkpoint> opened = new ArrayList<>();
    try {
      Map<String, TensorSource> sources = new TreeMap<>();
      for (String digest : mixture.weights().keySet()) {
        Checkpoint checkpoint = Checkpoint.open(context.artifact(digest));
        opened.add(checkpoint);
        sources.put(digest, LanguageFolder.named(config, checkpoint));
      }
      return new LanguageScorer(config, RecipeTensors.of(mixture, sources, DType.F32));
    } finally {
      for (Checkpoint checkpoint : opened) {
        checkpoint.close();
      }
    }
  }

  /** Most tokens that the model sees. */
  int context() {
    return config.decoder().context();
  }

  @Override
  public void close() {
    scorer.close();
    tokenizer.close();
  }
}
