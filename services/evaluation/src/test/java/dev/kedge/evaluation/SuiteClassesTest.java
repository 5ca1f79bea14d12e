package dev.kedge.evaluation;

import static dev.kedge.evaluation.Specs.candidate;
import static dev.kedge.evaluation.Specs.evaluate;
import static dev.kedge.evaluation.Specs.images;
import static dev.kedge.evaluation.Specs.stage;
import static dev.kedge.evaluation.Specs.stored;
import static dev.kedge.evaluation.Specs.suite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.data.PictureDecoder;
import dev.kedge.data.PreparedDataset;
import dev.kedge.models.score.Classifier;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.train.HeadForm;
import dev.kedge.report.ClassPrediction;
import dev.kedge.report.ClassPredictions;
import dev.kedge.report.Predictions;
import dev.kedge.stage.StageException;
import dev.kedge.stage.StageOutput;
import dev.kedge.stage.v1.ClassName;
import dev.kedge.stage.v1.EvaluateSpec.Suite;
import dev.kedge.stage.v1.EvaluateSpec.Suite.Images;
import dev.kedge.tensors.Checkpoint;
import dev.kedge.testing.TestingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A head of three classes, named as ImageNet's folders are, on suites of other class lists. */
class SuiteClassesTest {
  private static final String TENCH = "n01440764";
  private static final String GOLDFISH = "n01443537";
  private static final String SHARK = "n01484850";
  private static final List<String> HEAD = List.of(TENCH, GOLDFISH, SHARK);
  private static final String MODEL = "sha256:model";
  private static final String PLAIN = "sha256:plain";
  private static final String DATA = "sha256:data";

  @TempDir private Path disk;
  private TestingContext context;

  @BeforeEach
  void aModelWithAHead() throws IOException {
    context = new TestingContext(Files.createDirectory(disk.resolve("scratch")));
    context.artifacts.put(MODEL, TinyClip.write(disk.resolve("model"), 2, HEAD));
    context.artifacts.put(PLAIN, TinyClip.write(disk.resolve("plain"), 3));
  }

  private void data(String... classes) throws IOException {
    Path folder = disk.resolve("data-" + String.join("-", classes));
    context.artifacts.put(DATA, NoisePictures.prepare(folder, List.of(classes), 12));
  }

  @Test
  void classesThatTheDataLackCanStillBeAnswered() throws IOException {
    data(TENCH, SHARK);
    ClassPredictions said = said(one -> one.addAllClasses(HEAD));
    assertThat(said.classes()).isEqualTo(HEAD);
    assertThat(said.samples()).hasSize(24).allMatch(each -> each.top().size() == 3);
    assertThat(said.samples()).extracting(ClassPrediction::label).containsOnly(0, 2);
    List<float[]> logits = logits();
    for (int i = 0; i < logits.size(); i++) {
      assertThat(said.samples().get(i).top())
          .isEqualTo(ClassPrediction.ofLogits("s", 0, logits.get(i)).top());
    }
  }

  @Test
  void picturesOfOtherClassesAreLeftOutAndCounted() throws IOException {
    data(TENCH, GOLDFISH, "junk");
    ClassPredictions said = said(one -> one.addClasses(TENCH).addClasses(GOLDFISH));
    assertThat(said.samples()).hasSize(24).allMatch(each -> !each.sample().contains("junk"));
    assertThat(said.samples()).allMatch(each -> each.top().size() == 2);
    assertThat(context.lines).anyMatch(line -> line.contains("leaves out 12 of its 36 pictures"));
  }

  @Test
  void aClassMayBeAskedForAsSeveralOfTheHeads() throws IOException {
    data("fish", "goldfish");
    ClassPredictions said =
        said(
            one ->
                one.addClasses("fish")
                    .addClasses("goldfish")
                    .addStandIns(standIns("fish", TENCH, SHARK))
                    .addStandIns(standIns("goldfish", GOLDFISH)));
    assertThat(said.classes()).containsExactly("fish", "goldfish");
    assertThat(said.unknown()).isEmpty();
    List<float[]> logits = logits();
    for (int i = 0; i < logits.size(); i++) {
      float[] of = logits.get(i);
      float[] largest = {Math.max(of[0], of[2]), of[1]};
      assertThat(said.samples().get(i).top())
          .isEqualTo(ClassPrediction.ofLogits("s", 0, largest).top());
    }
    assertThat(said.samples()).extracting(each -> each.top().get(0)).contains(0, 1);
  }

  @Test
  void standInsThatTheHeadDoesNotKnowAskForAZeroShotHead() throws IOException {
    data("fish", "goldfish");
    ClassPredictions said =
        said(
            one ->
                one.addStandIns(standIns("fish", TENCH, "n99"))
                    .addNamed(name("fish", "red"))
                    .addNamed(name("goldfish", "blue")));
    assertThat(said.unknown()).containsExactly("n99", "goldfish");
    assertThat(context.lines).anyMatch(line -> line.contains("zero-shot"));
  }

  @Test
  void namesArePromptsOfAZeroShotHead() throws IOException {
    data(TENCH, SHARK);
    ClassPredictions named =
        said(
            one ->
                one.addNamed(name(TENCH, "red"))
                    .addNamed(name(SHARK, "green"))
                    .addNamed(name("n99", "yellow")),
            PLAIN);
    data("red", "green");
    context.parts.clear();
    ClassPredictions itself = said(one -> one, PLAIN);
    // Of other classes, hence in another order.
    assertThat(named.samples()).extracting(ClassPrediction::confidence).hasSize(24);
    assertThat(confidences(named)).containsExactlyInAnyOrderElementsOf(confidences(itself));
  }

  @Test
  void aSuiteNoneOfWhoseClassesHasAPictureIsRefused() throws IOException {
    data("a", "b");
    assertThatThrownBy(() -> said(one -> one.addAllClasses(HEAD)))
        .isInstanceOf(StageException.class)
        .hasMessageContaining("suite 's' has no samples of its classes");
  }

  private static List<Double> confidences(ClassPredictions said) {
    return said.samples().stream().map(each -> Math.round(each.confidence() * 1e5) / 1e5).toList();
  }

  private static Images.StandIns standIns(String id, String... others) {
    return Images.StandIns.newBuilder().setId(id).addAllAnyOf(List.of(others)).build();
  }

  private static ClassName name(String id, String name) {
    return ClassName.newBuilder().setId(id).setName(name).build();
  }

  private ClassPredictions said(UnaryOperator<Images.Builder> change) throws IOException {
    return said(change, MODEL);
  }

  private ClassPredictions said(UnaryOperator<Images.Builder> change, String model)
      throws IOException {
    Suite suite = images(suite("s", DATA), change);
    StageOutput.NewFiles output =
        (StageOutput.NewFiles)
            new EvaluateExecutor()
                .execute(
                    stage(evaluate(suite).addCandidates(candidate("m", stored(model)))), context);
    try (InputStream in = Files.newInputStream(output.files().get("s/m.jsonl"))) {
      return (ClassPredictions) Predictions.read(in);
    }
  }

  /** What the head says of each picture. */
  private List<float[]> logits() throws IOException {
    ComputeThreads.use(1);
    PreparedDataset dataset = PreparedDataset.open(context.artifact(DATA));
    List<float[]> logits = new ArrayList<>();
    try (Checkpoint weights = Checkpoint.open(context.artifact(MODEL));
        Classifier classifier = Classifier.trained(TinyClip.config(), weights, HeadForm.LINEAR)) {
      for (int i = 0; i < dataset.size(); i++) {
        float[] pixels =
            TinyClip.PREPROCESSING.pixels(new PictureDecoder().decode(dataset.picture(i)));
        logits.add(classifier.logits(pixels, 1)[0]);
      }
    }
    return logits;
  }
}
