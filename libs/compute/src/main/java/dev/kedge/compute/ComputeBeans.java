package dev.kedge.compute;

import dev.kedge.compute.ComputeConfig.Offer;
import dev.kedge.models.torch.ComputeDevice;
import dev.kedge.models.torch.Device;
import dev.kedge.models.torch.Natives;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds out what this process has to compute with. */
@ApplicationScoped
class ComputeBeans {
  private final CachedProbe<Device> seen =
      new CachedProbe<>(ComputeBeans::seen, ComputeBeans::failure);

  private final CachedProbe<GraphicsCard> described =
      new CachedProbe<>(
          ComputeBeans::described,
          () ->
              Optional.of(
                  "nvidia-smi does not say what the GPU is: it is recorded as unknown, until it does"));

  /** Made at start-up, so that libraries or a GPU that were asked for are missed then. */
  @Produces
  @Singleton
  @Startup
  Compute compute(ComputeConfig config) {
    if (config.device() == Offer.CUDA || Natives.areChosen()) {
      Natives.load();
    }
    if (config.device() == Offer.CUDA && ComputeDevice.failure(Device.CUDA).isPresent()) {
      throw new IllegalStateException(
          "kedge.compute.device is cuda, and libtorch sees no GPU: set it to auto or cpu, or give CUDA's libraries and a driver (docs/gpu.md)");
    }
    return new Compute(
        config.device(), () -> seen.get().isPresent(), () -> facts(config, described.get()));
  }

  private static Optional<Device> seen() {
    return ComputeDevice.failure(Device.CUDA).isEmpty()
        ? Optional.of(Device.CUDA)
        : Optional.empty();
  }

  /** That a libtorch without CUDA's kernels makes no tensors for it is no failure. */
  private static Optional<String> failure() {
    return ComputeDevice.failure(Device.CUDA)
        .filter(why -> !why.contains("Could not run 'aten::"))
        .map(why -> "the GPU cannot be used now, so stages compute on the processor: " + why);
  }

  private static Optional<GraphicsCard> described() {
    return GraphicsCard.first(Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")));
  }

  private static CardFacts facts(ComputeConfig config, Optional<GraphicsCard> card) {
    return new CardFacts(
        card,
        config
            .cardMemory()
            .map(MemorySize::asLongValue)
            .or(() -> card.map(GraphicsCard::memory))
            .map(OptionalLong::of)
            .orElseGet(OptionalLong::empty));
  }
}
