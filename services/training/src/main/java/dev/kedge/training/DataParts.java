package dev.kedge.training;

import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.PreparedDataset;
import dev.kedge.data.text.PreparedText;
import dev.kedge.data.text.TextPart;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.DatasetPart;
import java.util.List;

/** Opens the parts of data sets that specs name. */
record DataParts(StageContext context) {
  /** A part of prepared records or texts; with at least one. */
  TextPart texts(DatasetPart spec) {
    PreparedText text = PreparedText.open(context.input(spec.getDataset()));
    double fraction = spec.getValidationFraction();
    long seed = spec.getSplitSeed();
    TextPart part =
        switch (spec.getPart()) {
          case ALL -> TextPart.all(text);
          case TRAINING -> TextPart.training(text, fraction, seed);
          case VALIDATION -> TextPart.validation(text, fraction, seed);
          case PART_UNSPECIFIED, UNRECOGNIZED ->
              throw new IllegalArgumentException("the data set's part is not set");
        };
    if (part.size() == 0) {
      throw new IllegalArgumentException(
          "the data set has no record in its part " + spec.getPart());
    }
    return part;
  }

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
