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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A candidate's model. Its recipe is applied while its weights are read; no file is written. */
final class Model implements AutoCloseable {
  private final Path folder;
  private final ModelFolder meaning;
  private final TensorSource weights;
  private final Map<List<List<String>>, Classifier> zeroShot = new HashMap<>();
  private Classifier images;

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

  /**
   * The image side, with the model's own head if it has one; loaded once, closed with the model.
   */
  Classifier images() throws IOException {
    if (images == null) {
      images =
          head().isPresent()
              ? Classifier.trained(meaning.config(), weights, head().get().form())
              : Classifier.headless(meaning.config(), weights);
    }
    return images;
  }

  /**
   * The model with a head from its text tower, which is read once for all suites of the same
   * prompts and names; closed with the model.
   */
  Classifier zeroShot(List<String> templates, List<String> classNames) throws IOException {
    List<List<String>> asked = List.of(templates, classNames);
    if (!zeroShot.containsKey(asked)) {
      zeroShot.put(
          asked, images().withZeroShotHead(weights, ids(templates, classNames), classNames.size()));
    }
    return zeroShot.get(asked);
  }

  private List<long[]> ids(List<String> templates, List<String> classNames) {
    int context = meaning.config().text().context();
    try (ClipTokenizer tokenizer = ClipTokenizer.open(folder, context)) {
      return new Prompts(templates)
          .classMajor(classNames).stream().map(text -> tokenizer.encode(text).ids()).toList();
    }
  }

  @Override
  public void close() {
    zeroShot.values().forEach(Classifier::close);
    if (images != null) {
      images.close();
    }
  }
}
