package dev.kedge.compute;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What this process may compute with. */
@ConfigMapping(prefix = "kedge.compute")
public interface ComputeConfig {
  /** What stages are offered. */
  enum Offer {
    /** A GPU where libtorch sees one, the processor otherwise. */
    AUTO,
    /** The processor, whatever else there is. */
    CPU,
    /** A GPU; without one the process does not start. */
    CUDA
  }

  /** What stages are offered that do not name a device; with AUTO and CUDA they may name either. */
  @WithDefault("auto")
  @WithConverter(OfferConverter.class)
  Offer device();

  /** Memory of the GPU; by default what nvidia-smi says. Shared by all slots, less a tenth. */
  Optional<MemorySize> cardMemory();
}
