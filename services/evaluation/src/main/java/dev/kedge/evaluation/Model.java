package dev.kedge.evaluation;

import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.score.Classifier;
import dev.kedge.models.text.ClipTokenizer;
import dev.kedge.models.text.Prompts;
import dev.kedge.models.train.HeadFile;
import dev.kedge.tensors.Recipe;
import dev.kedge.tensors.RecipeTensors;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A candidate's model. Its recipe is applied while its weights are read; no file is written. */
final class Model implements AutoCloseable {
  private final Path folder;
  private final ModelFolder meaning;
  private final TensorSource weights;
  private Classifier trained;

  private Model(Path folder, ModelFolder meaning, TensorSource weights) {
    this.folder = folder;
    this.meaning = meaning;
    this.weights = weights;
    head().ifPresent(this::checkHead);
  }

  /**
   * Applies a recipe.
   *
   * @throws IllegalArgumentException if a checkpoint is not a CLIP, or they mean different things
   */
  static Model open(Recipe recipe, Sources sources) throws IOException {
    ModelFolder meaning = commonMeaning(recipe, sources);
    Map<String, TensorSource> parts = new TreeMap<>(sources.fishers(recipe));
    for (String digest : recipe.checkpoints()) {
      parts.put(digest, sources.checkpoint(digest));
    }
    return new Model(
        sources.folder(recipe.checkpoints().first()), meaning, RecipeTensors.of(recipe, parts));
  }

  private static ModelFolder commonMeaning(Recipe recipe, Sources sources) throws IOException {
    String first = recipe.checkpoints().first();
    ModelFolder meaning = ModelFolder.read(sources.folder(first));
    for (String other : recipe.checkpoints()) {
      if (!ModelFolder.read(sources.folder(other)).equals(meaning)) {
        throw new IllegalArgumentException(
            ("the checkpoints %s and %s differ in architecture, preprocessing, tokenizer or head;"
                    + " mix only checkpoints of one base and one task")
                .formatted(first, other));
      }
    }
    return meaning;
  }

  private void checkHead(HeadFile head) {
    for (String name : head.form().names()) {
      long rows = weights.spec(name).dimensions()[0];
      if (rows != head.classes().size()) {
        throw new IllegalArgumentException(
            "%s names %d classes, but %s has %d rows; give the files of one training"
                .formatted(HeadFile.NAME, head.classes().size(), name, rows));
      }
    }
  }

  /** Bytes of what is kept of it to judge pictures: the image tower, in F32. */
  long bytes() {
    return Float.BYTES
        * ClipTensors.vision(meaning.config()).keySet().stream()
            .mapToLong(name -> weights.spec(name).elements())
            .sum();
  }

  ModelFolder meaning() {
    return meaning;
  }

  Optional<HeadFile> head() {
    return meaning.head();
  }

  /** The model with its own head; loaded once and closed with the model. */
  Classifier trained() throws IOException {
    if (trained == null) {
      trained = Classifier.trained(meaning.config(), weights, meaning.head().orElseThrow().form());
    }
    return trained;
  }

  /** The model with a head from its text tower; the caller closes it. */
  Classifier zeroShot(Prompts prompts, List<String> classNames) throws IOException {
    int context = meaning.config().text().context();
    List<long[]> ids = new ArrayList<>();
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, context)) {
      prompts.classMajor(classNames).forEach(text -> ids.add(tokenizer.encode(text).ids()));
    }
    return Classifier.zeroShot(meaning.config(), weights, ids, classNames.size());
  }

  @Override
  public void close() {
    if (trained != null) {
      trained.close();
    }
  }
}
