package dev.kedge.training;

import dev.kedge.compute.Compute;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageSettings;
import dev.kedge.stage.v1.Optimisation;

/**
 * What a run computes on: threads, a device, and a slot's share of its memory.
 *
 * @param limits of the processor's memory
 * @param slots stages that compute at once
 */
record RunMachine(Compute compute, MemoryLimits limits, int slots) {
  static RunMachine of(TrainingSettings settings, Compute compute, StageSettings stages) {
    return new RunMachine(compute, MemoryLimits.of(settings, stages.slots()), stages.slots());
  }

  /** Alone on the processor. */
  static RunMachine alone(MemoryLimits limits) {
    return new RunMachine(Compute.onProcessor(), limits, 1);
  }

  NumericsProfile profile(Optimisation optimisation) {
    return compute.profile(optimisation.getThreads(), optimisation.getDevice());
  }

  /** From here on the calling thread computes as the run says; with the memory that it may use. */
  MemoryLimits begin(Optimisation optimisation) {
    compute.begin(optimisation.getThreads(), optimisation.getDevice());
    return limits.on(compute.cardMemory(optimisation.getDevice(), slots));
  }
}
