package dev.kedge.training;

import dev.kedge.contract.Parts;
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
    TextPart part =
        Parts.of(
            spec,
            () -> TextPart.all(text),
            (fraction, seed) -> TextPart.training(text, fraction, seed),
            (fraction, seed) -> TextPart.validation(text, fraction, seed));
    if (part.size() == 0) {
      throw new IllegalArgumentException(
          "the data set has no record in its part " + spec.getPart());
    }
    return part;
  }

  LabelledPictures.Part open(DatasetPart spec) {
    PreparedDataset dataset = PreparedDataset.open(context.input(spec.getDataset()));
    return Parts.of(
        spec,
        () -> LabelledPictures.Part.all(dataset),
        (fraction, seed) -> LabelledPictures.Part.training(dataset, fraction, seed),
        (fraction, seed) -> LabelledPictures.Part.validation(dataset, fraction, seed));
  }

  /** Pictures of parts, kept in memory where they take no more than a quarter of it. */
  static LabelledPictures pictures(
      ClipPreprocessing preprocessing, List<LabelledPictures.Part> parts) {
    return new LabelledPictures(preprocessing, parts, Runtime.getRuntime().maxMemory() / 4);
  }
}
