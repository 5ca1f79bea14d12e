package dev.kedge.fisher;

import dev.kedge.contract.Parts;
import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.PreparedDataset;
import dev.kedge.data.PreprocessorConfig;
import dev.kedge.data.SampleOrder;
import dev.kedge.models.clip.ClipConfig;
import dev.kedge.models.clip.ClipFolder;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.FisherSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The images on which a Fisher information is taken: a draw from a part of a data set. */
final class Calibration {
  private static final String PREPROCESSOR = "preprocessor_config.json";

  private final List<String> classes;
  private final LabelledPictures pictures;
  private final SampleOrder order;
  private final int size;

  private Calibration(List<String> classes, LabelledPictures pictures, int wanted, long seed) {
    this.classes = classes;
    this.pictures = pictures;
    this.order = new SampleOrder(pictures.size(), seed);
    this.size = wanted == 0 ? pictures.size() : Math.min(wanted, pictures.size());
  }

  /**
   * Opens the data.
   *
   * @param checkpoint the model's folder, which says how it sees images
   */
  static Calibration of(FisherSpec spec, Path checkpoint, StageContext context) throws IOException {
    PreparedDataset dataset = PreparedDataset.open(context.input(spec.getData().getDataset()));
    LabelledPictures pictures =
        new LabelledPictures(preprocessing(checkpoint), List.of(part(dataset, spec.getData())), 0);
    return new Calibration(dataset.classes(), pictures, spec.getSamples(), spec.getSeed());
  }

  private static ClipPreprocessing preprocessing(Path checkpoint) throws IOException {
    Path file = checkpoint.resolve(PREPROCESSOR);
    ClipConfig config = ClipFolder.config(checkpoint);
    return Files.exists(file)
        ? PreprocessorConfig.parse(Files.readString(file))
        : ClipPreprocessing.ofSize(config.vision().imageSize());
  }

  private static LabelledPictures.Part part(PreparedDataset dataset, DatasetPart spec) {
    return Parts.of(
        spec,
        () -> LabelledPictures.Part.all(dataset),
        (fraction, seed) -> LabelledPictures.Part.training(dataset, fraction, seed),
        (fraction, seed) -> LabelledPictures.Part.validation(dataset, fraction, seed));
  }

  /** The data's classes, in the order of its labels. */
  List<String> classes() {
    return classes;
  }

  LabelledPictures pictures() {
    return pictures;
  }

  /** Number of samples drawn. */
  int size() {
    return size;
  }

  /** Some of the samples drawn, by their place in the draw. */
  int[] samples(int from, int to) {
    return order.slice(0, from, Math.min(to, size));
  }
}
