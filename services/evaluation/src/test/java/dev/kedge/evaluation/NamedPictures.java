package dev.kedge.evaluation;

import dev.kedge.data.PictureDecoder;
import dev.kedge.data.PreparedDataset;
import dev.kedge.models.score.Classifier;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.train.HeadForm;
import dev.kedge.tensors.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures of noise, each in the class that a model takes it for.
 *
 * @param prepared the data set
 * @param usual the model's mean logits, which are taken off before the likeliest class is: else a
 *     random model would say the same of all
 */
record NamedPictures(Path prepared, List<Float> usual) {
  static NamedPictures by(Path model, List<String> classes, Path disk, int pictures)
      throws IOException {
    PreparedDataset unnamed =
        PreparedDataset.open(
            NoisePictures.prepare(disk.resolve("unnamed"), List.of("any", "other"), pictures / 2));
    float[][] logits = logits(model, unnamed);
    float[] usual = new float[classes.size()];
    for (float[] of : logits) {
      for (int i = 0; i < usual.length; i++) {
        usual[i] += of[i] / logits.length;
      }
    }
    Path named =
        NoisePictures.prepare(
            disk.resolve("named"), unnamed, one -> classes.get(likeliest(logits[one], usual)));
    return new NamedPictures(
        named, IntStream.range(0, usual.length).mapToObj(i -> usual[i]).toList());
  }

  private static float[][] logits(Path model, PreparedDataset pictures) throws IOException {
    ComputeThreads.use(1);
    try (Checkpoint weights = Checkpoint.open(model);
        Classifier classifier = Classifier.trained(TinyClip.config(), weights, HeadForm.LINEAR)) {
      return IntStream.range(0, pictures.size())
          .mapToObj(one -> classifier.logits(pixels(pictures, one), 1)[0])
          .toArray(float[][]::new);
    }
  }

  private static float[] pixels(PreparedDataset pictures, int one) {
    return TinyClip.PREPROCESSING.pixels(new PictureDecoder().decode(pictures.picture(one)));
  }

  private static int likeliest(float[] logits, float[] usual) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      best = logits[i] - usual[i] > logits[best] - usual[best] ? i : best;
    }
    return best;
  }
}
