package dev.kedge.training;

import dev.kedge.data.PreparedDataset;
import dev.kedge.data.Split;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.DatasetPart;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Opens the parts of data sets that specs name. */
record DataParts(StageContext context) {
  LabelledPictures.Part open(DatasetPart spec) {
    PreparedDataset dataset = PreparedDataset.open(context.input(spec.getDataset()));
    return new LabelledPictures.Part(dataset, indices(dataset, spec));
  }

  private static List<Integer> indices(PreparedDataset dataset, DatasetPart spec) {
    return switch (spec.getPart()) {
      case ALL -> IntStream.range(0, dataset.size()).boxed().toList();
      case TRAINING -> boxed(split(dataset, spec).training());
      case VALIDATION -> boxed(split(dataset, spec).validation());
      case PART_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("the data set's part is not set");
    };
  }

  private static Split split(PreparedDataset dataset, DatasetPart spec) {
    return dataset.split(spec.getValidationFraction(), spec.getSplitSeed());
  }

  private static List<Integer> boxed(int[] indices) {
    return Arrays.stream(indices).boxed().toList();
  }
}
