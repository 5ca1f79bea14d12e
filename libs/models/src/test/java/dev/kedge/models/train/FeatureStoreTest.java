package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.data.Augmentation;
import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.ColourJitter;
import dev.kedge.data.PreparedDataset;
import dev.kedge.data.RandomArea;
import dev.kedge.data.SampleOrder;
import dev.kedge.models.clip.Activation;
import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipInitialisation;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.TextConfig;
import dev.kedge.models.clip.TowerConfig;
import dev.kedge.models.clip.VisionConfig;
import dev.kedge.models.images.ColouredPictures;
import dev.kedge.models.images.EpochPlan;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureStoreTest {
  private static final int SIZE = 16;
  private static final int EPOCHS = 2;
  private static final Augmentation CHANGES =
      new Augmentation(
          Optional.of(new RandomArea(0.5)), true, 1, new ColourJitter(0.1, 0.1, 0.1), 9);
  private static final TowerConfig TOWER =
      new TowerConfig(8, 16, 1, 2, Activation.QUICK_GELU, 1e-5);
  private static final ClipConfig CONFIG =
      new ClipConfig(
          new TextConfig(TOWER, 20, 8, 18, 19, 19), new VisionConfig(TOWER, SIZE, 8, 3), 4, 2.6);

  @TempDir private Path disk;
  private final Scope scope = Scope.plain();
  private final ImageClassification learner =
      new ImageClassification(new Clip(CONFIG), HeadForm.LINEAR);
  private LabelledPictures pictures;
  private Weights all;
  private List<String> moved;

  @BeforeEach
  void prepare() throws IOException {
    ComputeThreads.use(1);
    PreparedDataset dataset = PreparedDataset.open(ColouredPictures.prepare(disk, 5, 1));
    pictures =
        new LabelledPictures(
            ClipPreprocessing.ofSize(SIZE), List.of(LabelledPictures.Part.all(dataset)), 1 << 20);
    Weights model = Weights.read(scope, ClipInitialisation.of(CONFIG, 1));
    Tensor rows = Tensor.of(scope, new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0}, 3, 4);
    all = model.with(HeadForm.LINEAR.of(scope, model, rows));
    moved = new ArrayList<>(ClipTensors.vision(CONFIG).keySet());
    moved.addAll(HeadForm.LINEAR.names());
  }

  @AfterEach
  void free() {
    scope.close();
  }

  private FeatureStore store(Augmentation augmentation, String name) throws IOException {
    PictureViews views = new PictureViews(pictures, augmentation, EPOCHS);
    FeatureStore.compute(disk.resolve(name), learner, all, views, chunk -> {});
    return FeatureStore.open(disk.resolve(name));
  }

  private List<StepReport> train(
      Augmentation augmentation, Learner<LabelledBatch> teacher, Protection protection) {
    EpochPlan plan = new EpochPlan(new SampleOrder(pictures.size(), 2), 4);
    TrainingRun<LabelledBatch> run =
        new TrainingRun<>(
                learner,
                new PictureBatches(pictures, plan, augmentation, 3),
                List.of(protection),
                new Descent(Schedule.constant(1e-2, 0), 0, 1))
            .taughtBy(teacher);
    List<StepReport> reports = new ArrayList<>();
    try (TrainingLoop<LabelledBatch> loop = new TrainingLoop<>(run, all, all.only(moved))) {
      while (loop.steps() < EPOCHS * plan.stepsPerEpoch()) {
        reports.add(loop.step());
      }
    }
    return reports;
  }

  @Test
  void aStoredTeacherSaysWhatTheLivingOneSaysInEveryEpoch() throws IOException {
    Learner<LabelledBatch> stored = new RememberingTeacher<>(learner, store(CHANGES, "augmented"));
    for (Protection each : List.of(new KdFeatures(1), new KdLogits(1, 2))) {
      List<StepReport> living = train(CHANGES, learner, each);
      List<StepReport> remembered = train(CHANGES, stored, each);

      assertThat(remembered).hasSameSizeAs(living).isEqualTo(train(CHANGES, stored, each));
      for (int i = 0; i < living.size(); i++) {
        double expected = living.get(i).addedLoss();
        assertThat(remembered.get(i).addedLoss())
            .isCloseTo(expected, within(1e-4 * expected + 1e-6));
      }
      assertThat(living.get(living.size() - 1).addedLoss()).isPositive();
    }
  }

  @Test
  void picturesThatAlwaysLookTheSameAreComputedOnce() {
    assertThat(new PictureViews(pictures, new Augmentation(false, 0, 9), 7).rows()).isEqualTo(15);
    assertThat(new PictureViews(pictures, CHANGES, 7).rows()).isEqualTo(105);
  }

  @Test
  void whatIsNotStoredIsAnErrorThatNamesTheSample() throws IOException {
    FeatureStore store = store(new Augmentation(false, 0, 9), "plain");
    Learner<LabelledBatch> stored = new RememberingTeacher<>(learner, store);

    assertThatThrownBy(() -> train(CHANGES, stored, new KdFeatures(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no features are kept of Sample[name=")
        .hasMessageContaining("view=1");
    assertThatThrownBy(() -> train(new Augmentation(false, 0, 9), stored, new Ldifs(1)))
        .hasMessageContaining("the student gives 1 and the teacher 0");
  }
}
