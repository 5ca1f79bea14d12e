package dev.kedge.training;

import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.PreparedDataset;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.DatasetPart;
import java.util.List;

/** Opens the parts of data sets that specs name. */
record DataParts(StageContext context) {
  LabelledPictures.Part open(DatasetPart spec) {
    PreparedDataset dataset = PreparedDataset.open(context.input(spec.getDataset()));
    double fraction = spec.getValidationFraction();
    long seed = spec.getSplitSeed();
    return switch (spec.getPart()) {
      case ALL -> LabelledPictures.Part.all(dataset);
      case TRAINING -> LabelledPictures.Part.training(dataset, fraction, seed);
      case VALIDATION -> LabelledPictures.Part.validation(dataset, fraction, seed);
      case PART_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the data set's part is not set");
    };
  }

  /** Pictures of parts, kept in memory where they take no more than a quarter of it. */
  static LabelledPictures pictures(
      ClipPreprocessing preprocessing, List<LabelledPictures.Part> parts) {
    return new LabelledPictures(preprocessing, parts, Runtime.getRuntime().maxMemory() / 4);
  }
}
