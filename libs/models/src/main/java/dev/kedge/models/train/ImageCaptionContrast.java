package dev.kedge.models.train;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Tensor;
import dev.kedge.models.torch.Weights;
import java.util.List;
import java.util.Optional;

/**
 * CLIP's symmetric contrastive loss over image and caption pairs (Radford et al., 2021); images
 * that share a caption are all its partners. The logit scale is kept within [0, ln 100].
 *
 * @param clip the architecture
 */
public record ImageCaptionContrast(Clip clip) implements Objective<CaptionedBatch> {
  private static final double LARGEST_LOGIT_SCALE = Math.log(100);

  @Override
  public Loss loss(Scope scope, Weights weights, CaptionedBatch batch) {
    Tensor images = clip.imageFeatures(scope, weights, batch.pixels());
    Tensor texts = clip.textFeatures(scope, weights, batch.captions());
    Tensor scale = weights.get(ClipTensors.LOGIT_SCALE);
    Tensor task =
        TrainingKernels.KERNELS.tensor(scope, "contrast", images, texts, batch.caption(), scale);
    return new Loss(task, Optional.empty());
  }

  @Override
  public void constrain(Scope scope, Weights weights) {
    Tensor scale = weights.get(ClipTensors.LOGIT_SCALE);
    TrainingKernels.KERNELS.run(scope, "limit_", List.of(scale, 0.0, LARGEST_LOGIT_SCALE));
  }
}
