package dev.kedge.models.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kedge.data.Augmentation;
import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.PreparedDataset;
import dev.kedge.data.SampleOrder;
import dev.kedge.models.clip.Activation;
import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipInitialisation;
import dev.kedge.models.clip.TextConfig;
import dev.kedge.models.clip.TowerConfig;
import dev.kedge.models.clip.VisionConfig;
import dev.kedge.models.images.ColouredPictures;
import dev.kedge.models.images.EpochPlan;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchesTest {
  private static final int SIZE = 16;
  private static final Augmentation CHANGES = new Augmentation(true, 3, 9);
  private static final TowerConfig TOWER =
      new TowerConfig(8, 16, 1, 2, Activation.QUICK_GELU, 1e-5);
  private static final ClipConfig CONFIG =
      new ClipConfig(
          new TextConfig(TOWER, 20, 8, 18, 19, 19), new VisionConfig(TOWER, SIZE, 8, 3), 4, 2.6);

  @TempDir private Path disk;
  private final Scope scope = Scope.plain();
  private LabelledPictures pictures;
  private EpochPlan plan;

  @BeforeEach
  void prepare() throws IOException {
    ComputeThreads.use(1);
    PreparedDataset dataset = PreparedDataset.open(ColouredPictures.prepare(disk, 5, 1));
    pictures =
        new LabelledPictures(
            ClipPreprocessing.ofSize(SIZE), List.of(LabelledPictures.Part.all(dataset)), 1 << 20);
    plan = new EpochPlan(new SampleOrder(pictures.size(), 2), 8);
  }

  @AfterEach
  void free() {
    scope.close();
  }

  @Test
  void aStepIsAPureFunctionAndEpochsDiffer() {
    PictureBatches batches = new PictureBatches(pictures, plan, CHANGES, 8);

    assertThat(pixels(batches, 0)).isEqualTo(pixels(batches, 0));
    assertThat(pixels(batches, 2)).isNotEqualTo(pixels(batches, 0));
  }

  private float[] pixels(PictureBatches batches, int step) {
    return batches.at(scope, step).get(0).inputs().floats();
  }

  @Test
  void microBatchesHoldTheSameSamplesInTheSameOrder() {
    LabelledBatch whole = new PictureBatches(pictures, plan, CHANGES, 8).at(scope, 0).get(0);
    List<LabelledBatch> parts = new PictureBatches(pictures, plan, CHANGES, 3).at(scope, 0);

    assertThat(parts).extracting(LabelledBatch::size).containsExactly(3, 3, 2);
    List<Long> labels = new ArrayList<>();
    parts.forEach(part -> addAll(labels, part.labels().longs()));
    List<Long> expected = new ArrayList<>();
    addAll(expected, whole.labels().longs());
    assertThat(labels).isEqualTo(expected);
    assertThat(whole.inputs().floats()).startsWith(parts.get(0).inputs().floats());
  }

  private static void addAll(List<Long> list, long[] values) {
    for (long value : values) {
      list.add(value);
    }
  }

  @Test
  void frozenFeaturesAreThoseOfTheModel() throws IOException {
    Clip clip = new Clip(CONFIG);
    Weights weights = Weights.read(scope, ClipInitialisation.of(CONFIG, 1));
    List<Integer> done = new ArrayList<>();
    FrozenFeatures features = new FrozenFeatures(clip, weights, pictures, plan, done::add);

    LabelledBatch batch = features.at(scope, 1).get(0);
    LabelledBatch direct = LabelledBatch.of(scope, pictures, plan.samples(1));

    assertThat(done).containsExactly(15);
    assertThat(batch.labels().longs()).isEqualTo(direct.labels().longs());
    float[] expected = clip.imageFeatures(scope, weights, direct.inputs()).floats();
    assertThat(batch.inputs().floats()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(batch.inputs().floats()[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  @Test
  void eachDistinctCaptionOfABatchStandsOnce() {
    List<List<long[]>> byClass =
        List.of(
            List.of(new long[] {18, 1, 19}),
            List.of(new long[] {18, 2, 19}),
            List.of(new long[] {18, 3, 19}, new long[] {18, 4, 19}));
    CaptionChoice choice = CaptionChoice.among(byClass);
    CaptionBatches batches =
        new CaptionBatches(pictures, plan, CHANGES, CONFIG.text(), List.of(choice), 4);

    CaptionedBatch batch = batches.at(scope, 0).get(0);

    assertThat(batch.weight()).isEqualTo(8);
    assertThat(batch.captions().size()).isBetween(3, 4);
    long[] places = batch.caption().longs();
    int[] samples = plan.samples(0);
    for (int i = 0; i < places.length; i++) {
      for (int j = 0; j < i; j++) {
        boolean sameClass = pictures.label(samples[i]) == pictures.label(samples[j]);
        boolean oneCaption = pictures.label(samples[i]) < 2;
        if (!sameClass || oneCaption) {
          assertThat(places[i] == places[j]).isEqualTo(sameClass);
        }
      }
    }
  }
}
