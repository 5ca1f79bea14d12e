package dev.kedge.training;

import dev.kedge.models.torch.ComputeMemory;
import io.quarkus.runtime.configuration.MemorySize;
import java.util.OptionalLong;

/**
 * What a run may use of this machine.
 *
 * @param compute bytes of native memory, or of the GPU's, for all that libtorch computes with
 * @param heap bytes of the Java heap
 */
record MemoryLimits(long compute, long heap) {
  /**
   * As configured, or a slot's share of the machine.
   *
   * @param slots stages that compute at once
   */
  static MemoryLimits of(TrainingSettings settings, int slots) {
    return new MemoryLimits(
        settings
            .memory()
            .map(MemorySize::asLongValue)
            .orElseGet(() -> ComputeMemory.perSlot(slots)),
        Runtime.getRuntime().maxMemory());
  }

  /** The same with a GPU's memory to compute in, where there is one. */
  MemoryLimits on(OptionalLong card) {
    return new MemoryLimits(card.orElse(compute), heap);
  }
}
