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
  /** Made at start-up, so that libraries or a GPU that were asked for are missed then. */
  @Produces
  @Singleton
  @Startup
  Compute compute(ComputeConfig config) {
    if (config.device() == Offer.CUDA || Natives.areChosen()) {
      Natives.load();
    }
    if (config.device() == Offer.CUDA && !ComputeDevice.has(Device.CUDA)) {
      throw new IllegalStateException(
          "kedge.compute.device is cuda, and libtorch sees no GPU: set it to auto or cpu, or give CUDA's libraries and a driver (docs/gpu.md)");
    }
    return new Compute(
        config.device(),
        new Once<>(() -> ComputeDevice.has(Device.CUDA))::get,
        new Once<>(() -> facts(config)));
  }

  private static CardFacts facts(ComputeConfig config) {
    Optional<GraphicsCard> card =
        GraphicsCard.first(Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")));
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
