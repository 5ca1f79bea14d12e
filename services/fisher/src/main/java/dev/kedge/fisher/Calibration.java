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
  private final Share share;

  private Calibration(List<String> classes, LabelledPictures pictures, FisherSpec spec) {
    this.classes = classes;
    this.pictures = pictures;
    this.order = new SampleOrder(pictures.size(), spec.getSeed());
    int wanted = spec.getSamples();
    int drawn = wanted == 0 ? pictures.size() : Math.min(wanted, pictures.size());
    this.share = Share.of(spec, drawn);
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
    return new Calibration(dataset.classes(), pictures, spec);
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

  /** Number of samples of this share of the draw. */
  int size() {
    return share.size();
  }

  /** Number of samples before this share. */
  int before() {
    return share.from();
  }

  /** Some of the samples, by their place in the share. */
  int[] samples(int from, int to) {
    return order.slice(0, share.from() + from, Math.min(share.from() + to, share.to()));
  }
}
