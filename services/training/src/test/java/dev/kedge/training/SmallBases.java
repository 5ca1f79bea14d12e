package dev.kedge.training;

import com.google.protobuf.TextFormat;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.language.LanguageFolder;
import dev.kedge.models.language.LanguageTensors;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.train.HeadForm;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.LanguageArchitecture;
import dev.kedge.stage.v1.StageSpec;
import dev.kedge.stage.v1.TrainSpec;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.tensors.FisherDiagonal;
import dev.kedge.tensors.MemoryTensors;
import dev.kedge.tensors.SafetensorsWriter;
import dev.kedge.testing.ColouredPictures;
import dev.kedge.testing.SmallTexts;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Everything that a TRAIN stage can ask for, small: pictures, texts, a base of every family and
 * importances of its weights.
 */
final class SmallBases {
  static final String PICTURES = "sha256:pictures";
  static final String TEXTS = "sha256:texts";
  static final String QUESTIONS = "sha256:questions";

  private static final String CLIP =
      """
      new_clip {image_size: 16 patch_size: 8 vision_width: 16 vision_layers: 2 vision_heads: 2
        text_width: 16 text_layers: 1 text_heads: 2 context_length: 16 projection: 8}
      contrastive {sources {data {dataset {artifact: '%s'} part: ALL} captions: 'a {} thing'}}
      """
          .formatted(PICTURES);
  private static final String LANGUAGE =
      """
      new_language_model {family: %s width: 16 layers: 2 heads: 2 context_length: 24
        vocabulary_size: 300}
      language_modelling {sources {dataset {artifact: '%s'} part: ALL}}
      """;
  private static final String TRAINING =
      """
      optimisation {epochs: 1 batch_size: 8 learning_rate: 0.003 schedule: CONSTANT precision: F32
        seed: 1 threads: 1}
      method {full {}}
      """;

  private final Path disk;
  private final Map<String, Path> artifacts = new HashMap<>();

  SmallBases(Path disk) throws IOException {
    this.disk = disk;
    artifacts.put(PICTURES, ColouredPictures.prepare(folder("pictures"), 10, 1));
    artifacts.put(TEXTS, SmallTexts.documents(folder("texts"), 4, 1));
    artifacts.put(QUESTIONS, SmallTexts.questions(folder("questions"), 30, 2));
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectory(disk.resolve(name));
  }

  /** Digest of a CLIP. */
  String clip() throws IOException {
    return base("clip", CLIP);
  }

  /** Digest of a language model. */
  String language(LanguageArchitecture.Family family) throws IOException {
    return base(family.name(), LANGUAGE.formatted(family, TEXTS));
  }

  private String base(String name, String spec) throws IOException {
    String digest = "sha256:" + name;
    if (!artifacts.containsKey(digest)) {
      TrainSpec training = TextFormat.parse(spec + TRAINING, TrainSpec.class);
      artifacts.put(digest, run(training, context("base-" + name)));
    }
    return digest;
  }

  /** Digest of a checkpoint that a spec makes, trained but once. */
  String trained(String name, TrainSpec spec) throws IOException {
    String digest = "sha256:" + name;
    if (!artifacts.containsKey(digest)) {
      artifacts.put(digest, run(spec, context(name)));
    }
    return digest;
  }

  /** Digest of drawn importances for all weights of a base, and for a head of the pictures. */
  String fisher(String base) throws IOException {
    String digest = base + "-fisher";
    if (!artifacts.containsKey(digest)) {
      artifacts.put(digest, importances(artifacts.get(base)));
    }
    return digest;
  }

  private Path importances(Path base) throws IOException {
    Path folder = folder("fisher-of-" + base.getParent().getFileName());
    Random random = new Random(5);
    MemoryTensors importances = new MemoryTensors();
    for (var entry : shapes(base).entrySet()) {
      float[] values = new float[(int) Tensor.count(entry.getValue())];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      importances.put(entry.getKey(), values, entry.getValue());
    }
    SafetensorsWriter.write(folder.resolve(FisherDiagonal.FILE), importances, Map.of());
    return folder;
  }

  private static Map<String, long[]> shapes(Path base) throws IOException {
    Map<String, long[]> shapes = new HashMap<>();
    if (Files.readString(base.resolve("config.json")).contains("\"clip\"")) {
      shapes.putAll(ClipTensors.vision(ClipFolder.config(base)));
      shapes.put(HeadForm.ROWS, new long[] {ColouredPictures.CLASSES.size(), 8});
      shapes.put(HeadForm.BIAS, new long[] {ColouredPictures.CLASSES.size()});
    } else {
      shapes.putAll(LanguageTensors.of(LanguageFolder.check(base)));
    }
    return shapes;
  }

  /** A stage's surroundings, with all that is there. */
  TestingContext context(String name) throws IOException {
    TestingContext context = new TestingContext(Files.createTempDirectory(disk, name));
    context.artifacts.putAll(artifacts);
    return context;
  }

  /** Trains; the checkpoint's folder. */
  static Path run(TrainSpec spec, TestingContext context) throws IOException {
    return output(spec, context).files().get(Checkpoint.MODEL).getParent();
  }

  /** Trains; the checkpoint's files. */
  static StageOutput.NewFiles output(TrainSpec spec, TestingContext context) throws IOException {
    return (StageOutput.NewFiles)
        new TrainExecutor(new QuickSettings(), RunMachine.alone(QuickSettings.PLENTY))
            .execute(StageSpec.newBuilder().setTrain(spec).build(), context);
  }
}
