package dev.kedge.evaluation;

import dev.kedge.models.score.Classifier;
import dev.kedge.models.text.ClipTokenizer;
import dev.kedge.models.text.Prompts;
import dev.kedge.models.train.HeadFile;
import dev.kedge.stage.StageContext;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.Mixture;
import dev.kedge.tensors.RecipeTensors;
import dev.kedge.tensors.TensorSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A candidate's model. Its recipe is applied while its weights are read; no file is written. */
final class Model implements AutoCloseable {
  private final SortedMap<String, Checkpoint> checkpoints = new TreeMap<>();
  private ModelFolder meaning;
  private Path folder;
  private TensorSource weights;
  private Classifier trained;

  private Model() {}

  /**
   * Opens the checkpoints of a mixture.
   *
   * @throws IllegalArgumentException if one is not a CLIP, or they mean different things
   */
  static Model open(Mixture mixture, StageContext context) throws IOException {
    Model model = new Model();
    try {
      for (String digest : mixture.weights().keySet()) {
        model.add(digest, context.artifact(digest));
      }
      model.weights = RecipeTensors.of(mixture, model.checkpoints);
      model.head().ifPresent(model::checkHead);
      return model;
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private void add(String digest, Path path) throws IOException {
    ModelFolder read = ModelFolder.read(path);
    if (meaning == null) {
      meaning = read;
      folder = path;
    } else if (!meaning.equals(read)) {
      throw new IllegalArgumentException(
          ("the checkpoints %s and %s differ in architecture, preprocessing or head;"
                  + " mix only checkpoints of one base and one task")
              .formatted(checkpoints.firstKey(), digest));
    }
    checkpoints.put(digest, Checkpoint.open(path));
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
  public void close() throws IOException {
    if (trained != null) {
      trained.close();
    }
    for (Checkpoint checkpoint : checkpoints.values()) {
      checkpoint.close();
    }
  }
}
