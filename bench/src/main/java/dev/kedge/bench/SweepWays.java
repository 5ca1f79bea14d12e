package dev.kedge.bench;

import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.PreparedDataset;
import dev.kedge.evaluation.EvaluateExecutor;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.score.Classifier;
import dev.kedge.models.train.HeadForm;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.EvaluateSpec;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.RecipeTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.tensors.TensorSource;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Three ways to know what eleven α of one line are worth on several suites.
 *
 * @param folder for what is written
 * @param suites prepared data sets
 */
record SweepWays(
    SweepInputs inputs, Path folder, Path base, Path tuned, List<Path> suites, int threads) {
  private static final int BATCH = 64;
  private static final List<Double> ALPHAS =
      IntStream.rangeClosed(0, 10).mapToObj(i -> i / 10.0).toList();

  /** Kedge's way: one EVALUATE stage, recipes applied on load. */
  void sweep() throws IOException {
    EvaluateSpec.Builder spec = spec();
    for (double alpha : ALPHAS) {
      spec.addCandidates(candidate("alpha" + alpha, wiseFt(alpha)));
    }
    run(spec);
  }

  /** The fine-tuned model alone. */
  void one() throws IOException {
    run(spec().addCandidates(candidate("tuned", stored("sha256:tuned"))));
  }

  /** The usual way: every average is written, read again and evaluated by itself. */
  void files() throws IOException {
    for (double alpha : ALPHAS) {
      Path file = folder.resolve("merged");
      copyCompanions(file);
      merge(alpha, file);
      run(spec().addCandidates(candidate("alpha" + alpha, stored("sha256:merged"))));
    }
  }

  /** What no way can do without: the forward passes, with models and pixels in memory. */
  static final class Floor implements AutoCloseable {
    private final List<Classifier> models = new ArrayList<>();
    private final List<float[]> batches = new ArrayList<>();
    private final List<Integer> sizes = new ArrayList<>();

    void pass() {
      for (int i = 0; i < batches.size(); i++) {
        for (Classifier model : models) {
          model.logits(batches.get(i), sizes.get(i));
        }
      }
    }

    @Override
    public void close() {
      models.forEach(Classifier::close);
    }
  }

  Floor floor() throws IOException {
    Floor floor = new Floor();
    try (Checkpoint one = Checkpoint.open(base);
        Checkpoint other = Checkpoint.open(tuned)) {
      for (double alpha : ALPHAS) {
        TensorSource weights = mixed(alpha, one, other);
        floor.models.add(Classifier.trained(inputs.config(), weights, HeadForm.LINEAR));
      }
    }
    suites.forEach(suite -> addPixels(suite, floor));
    return floor;
  }

  private void addPixels(Path suite, Floor floor) {
    LabelledPictures pictures =
        new LabelledPictures(
            ClipPreprocessing.ofSize(inputs.vision().imageSize()),
            List.of(LabelledPictures.Part.all(PreparedDataset.open(suite))),
            0);
    for (int from = 0; from < pictures.size(); from += BATCH) {
      int[] chosen = IntStream.range(from, Math.min(from + BATCH, pictures.size())).toArray();
      floor.batches.add(pictures.pixels(chosen, LabelledPictures.View.PLAIN));
      floor.sizes.add(chosen.length);
    }
  }

  private void merge(double alpha, Path file) throws IOException {
    try (Checkpoint one = Checkpoint.open(base);
        Checkpoint other = Checkpoint.open(tuned)) {
      TensorSource weights = mixed(alpha, one, other);
      SafetensorsWriter.write(
          file.resolve(Checkpoint.MODEL), weights.only(name -> !one.inHead(name)), Map.of());
      SafetensorsWriter.write(file.resolve(Checkpoint.HEAD), weights.only(one::inHead), Map.of());
    }
  }

  private static TensorSource mixed(double alpha, Checkpoint base, Checkpoint tuned)
      throws IOException {
    dev.kedge.tensors.Recipe recipe =
        new dev.kedge.tensors.Recipe.WiseFt(
            new dev.kedge.tensors.Recipe.Stored("base"),
            new dev.kedge.tensors.Recipe.Stored("tuned"),
            alpha);
    return RecipeTensors.of(recipe.reduced(), Map.of("base", base, "tuned", tuned));
  }

  private void copyCompanions(Path file) throws IOException {
    Files.createDirectories(file);
    try (Stream<Path> companions = Files.list(base)) {
      for (Path companion :
          companions.filter(each -> !each.toString().endsWith("safetensors")).toList()) {
        Files.copy(
            companion, file.resolve(companion.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void run(EvaluateSpec.Builder spec) throws IOException {
    TestingContext context = new TestingContext(Files.createTempDirectory(folder, "scratch"));
    context.artifacts.put("sha256:base", base);
    context.artifacts.put("sha256:tuned", tuned);
    context.artifacts.put("sha256:merged", folder.resolve("merged"));
    suites.forEach(suite -> context.artifacts.put("sha256:" + suite.getFileName(), suite));
    new EvaluateExecutor().execute(StageSpec.newBuilder().setEvaluate(spec).build(), context);
  }

  private EvaluateSpec.Builder spec() {
    EvaluateSpec.Builder spec = EvaluateSpec.newBuilder().setThreads(threads);
    for (Path suite : suites) {
      String name = suite.getFileName().toString();
      spec.addSuitesBuilder()
          .setId(name)
          .setData(
              DatasetPart.newBuilder()
                  .setDataset(input("sha256:" + name))
                  .setPart(DatasetPart.Part.ALL))
          .setImages(EvaluateSpec.Suite.Images.getDefaultInstance());
    }
    return spec;
  }

  private static EvaluateSpec.Candidate candidate(String id, Recipe recipe) {
    return EvaluateSpec.Candidate.newBuilder().setId(id).setRecipe(recipe).build();
  }

  private static Recipe wiseFt(double alpha) {
    return Recipe.newBuilder()
        .setWiseFt(
            Recipe.WiseFt.newBuilder()
                .setBase(stored("sha256:base"))
                .setTuned(stored("sha256:tuned"))
                .setAlpha(alpha))
        .build();
  }

  private static Recipe stored(String digest) {
    return Recipe.newBuilder().setCheckpoint(input(digest)).build();
  }

  private static Input input(String digest) {
    return Input.newBuilder().setArtifact(digest).build();
  }
}
