package dev.kedge.models.train;

import dev.kedge.models.torch.TorchProfile;
import java.util.Optional;

/** In which numbers a model computes; weights, gradients and moments are F32 in any case. */
public enum Precision {
  /** 32 bits throughout. */
  F32 {
    @Override
    public <B extends Batch> Learner<B> of(Learner<B> learner) {
      return learner;
    }
  },
  /** Products of matrices in BF16. */
  BF16 {
    @Override
    public <B extends Batch> Learner<B> of(Learner<B> learner) {
      return new MixedPrecision<>(learner);
    }

    @Override
    public Optional<String> warning() {
      return TorchProfile.hasBf16()
          ? Optional.empty()
          : Optional.of("this processor has no BF16 instructions: F32 would be faster");
    }
  };

  /** The learner in this precision. */
  public abstract <B extends Batch> Learner<B> of(Learner<B> learner);

  /** Bytes of a number in a product of matrices. */
  int productBytes() {
    return this == F32 ? Float.BYTES : Short.BYTES;
  }

  /** What whoever asks for it should know about this machine. */
  public Optional<String> warning() {
    return Optional.empty();
  }
}
