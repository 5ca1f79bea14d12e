package dev.kedge.models.train;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.clip.ImageStates;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;

/**
 * CLIP's symmetric contrastive loss over image and caption pairs (Radford et al., 2021); images
 * that share a caption are all its partners. The logit scale is kept within [0, ln 100].
 *
 * @param clip the architecture
 */
public record ImageCaptionContrast(Clip clip) implements Learner<CaptionedBatch> {
  private static final double LARGEST_LOGIT_SCALE = Math.log(100);

  @Override
  public Outputs outputs(Scope scope, Weights weights, CaptionedBatch batch) {
    ImageStates images = clip.image(scope, weights, batch.pixels());
    Tensor texts = clip.textFeatures(scope, weights, batch.captions());
    Tensor logits = Clip.similarity(scope, weights, images.features(), texts);
    return new Outputs(images.features(), logits, images.classTokens());
  }

  @Override
  public Tensor loss(Scope scope, Outputs outputs, CaptionedBatch batch) {
    Tensor logits = outputs.predictions().logits(scope);
    return TrainingKernels.KERNELS.tensor(scope, "contrast", logits, batch.caption());
  }

  @Override
  public void constrain(Scope scope, Weights weights) {
    if (weights.names().contains(ClipTensors.LOGIT_SCALE)) {
      Tensor scale = weights.get(ClipTensors.LOGIT_SCALE);
      TrainingKernels.KERNELS.run(scope, "limit_", List.of(scale, 0.0, LARGEST_LOGIT_SCALE));
    }
  }
}
