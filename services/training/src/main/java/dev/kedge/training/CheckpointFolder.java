package dev.kedge.training;

import dev.kedge.models.checkpoint.ConfigFile;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.HeadFile;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A trained checkpoint: a Hugging Face folder as transformers loads it, the head beside it, and the
 * trace of its training, and its adapters where it has some. Equal weights give equal bytes.
 */
record CheckpointFolder(Path path) {
  private static final Set<String> OWN = Set.of(ConfigFile.NAME, HeadFile.NAME, Trace.FILE);

  /** Where the adapters lie that are merged into the weights, in PEFT's files. */
  static final String ADAPTER = "adapter";

  void write(TrainingPlan plan, TrainedModel trained, Trace trace) throws IOException {
    Weights weights = trained.weights();
    Files.createDirectories(path);
    copyCompanions(plan.model().companions());
    plan.model().write(path, weights);
    if (plan.head().isPresent()) {
      writeHead(plan.head().get(), weights);
    }
    if (trained.adapter().isPresent()) {
      trained.adapter().get().write(path.resolve(ADAPTER));
    }
    Trace.write(trace.points(), path);
  }

  private void writeHead(HeadFile head, Weights weights) throws IOException {
    head.write(path);
    SafetensorsWriter.write(
        path.resolve(Checkpoint.HEAD),
        weights.only(head.form().names()).snapshot(),
        Map.of("format", "pt"));
  }

  /** The tokenizer's and the preprocessor's files: what is text and not rewritten here. */
  private void copyCompanions(Path from) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(CheckpointFolder::isCompanion).toList()) {
        Files.copy(file, path.resolve(file.getFileName().toString()));
      }
    }
  }

  private static boolean isCompanion(Path file) {
    String name = file.getFileName().toString();
    return Stream.of(".json", ".txt", ".model").anyMatch(name::endsWith)
        && !name.endsWith(".safetensors.index.json")
        && !name.equals("recipe.json")
        && !OWN.contains(name);
  }
}
