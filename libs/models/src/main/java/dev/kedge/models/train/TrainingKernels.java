package dev.kedge.models.train;

import dev.kedge.models.torch.Kernels;

/** The kernels of this package, loaded once. */
final class TrainingKernels {
  static final Kernels KERNELS =
      Kernels.load(
          TrainingKernels.class, "/dev/kedge/models/clip/unit.torchscript", "train.torchscript");

  private TrainingKernels() {}
}
