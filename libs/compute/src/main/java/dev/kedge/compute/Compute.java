package dev.kedge.compute;

import dev.kedge.compute.ComputeConfig.Offer;
import dev.kedge.models.torch.ComputeDevice;
import dev.kedge.models.torch.ComputeThreads;
import dev.kedge.models.torch.Device;
import dev.kedge.models.torch.TorchException;
import dev.kedge.models.torch.TorchProfile;
import dev.kedge.stage.Blame;
import dev.kedge.stage.NumericsProfile;
import dev.kedge.stage.StageException;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What this process computes with. A stage's spec says what it wants; what it gets is the same for
 * all stages that want the same, and is recorded in the numerics profile.
 */
public final class Compute {
  private final Offer offer;
  private final BooleanSupplier seesCard;
  private final Supplier<CardFacts> card;

  /**
   * @param offer what stages are offered
   * @param seesCard whether libtorch sees a GPU
   * @param card what is known of it
   */
  Compute(Offer offer, BooleanSupplier seesCard, Supplier<CardFacts> card) {
    this.offer = offer;
    this.seesCard = seesCard;
    this.card = card;
  }

  /** Of a process that has no GPU, or shall not use it. */
  public static Compute onProcessor() {
    return new Compute(Offer.CPU, () -> false, () -> CardFacts.UNKNOWN);
  }

  /**
   * What a stage is computed on.
   *
   * @throws StageException if the stage names a device that this process does not offer
   */
  public Device device(dev.kedge.stage.v1.Device wanted) {
    return switch (wanted) {
      case CPU -> Device.CPU;
      case CUDA -> {
        requireCard();
        yield Device.CUDA;
      }
      case DEVICE_UNSPECIFIED -> offersCard() ? Device.CUDA : Device.CPU;
      case UNRECOGNIZED ->
          throw StageException.user(
              "UNKNOWN_DEVICE", "the stage's device is unknown: give CPU, CUDA or none");
    };
  }

  private boolean offersCard() {
    try {
      return offer != Offer.CPU && seesCard.getAsBoolean();
    } catch (TorchException e) {
      throw new StageException(Blame.RESOURCES, "NO_LIBTORCH", false, e.getMessage(), e);
    }
  }

  private void requireCard() {
    if (!offersCard()) {
      throw StageException.user(
          "NO_CUDA",
          "the stage asks for the device CUDA, and this service has none (%s): write `device: CPU` or `device: AUTO` in the experiment, or start the service where libtorch sees a GPU (docs/gpu.md)"
              .formatted(
                  offer == Offer.CPU
                      ? "kedge.compute.device is cpu"
                      : "kedge.compute.device is auto, and libtorch sees no GPU"));
    }
  }

  /**
   * What the bits of a stage's result depend on beside its spec.
   *
   * @param threads of the processor
   */
  public NumericsProfile profile(int threads, dev.kedge.stage.v1.Device wanted) {
    Device device = device(wanted);
    NumericsProfile profile =
        NumericsProfile.ofThisMachine().with("threads", threads).with(TorchProfile.values());
    return device == Device.CUDA
        ? profile.with("device", "cuda").with(card.get().values())
        : profile.with("device", "cpu");
  }

  /** Makes the calling thread compute as the profile says; at the start of a stage. */
  public void begin(int threads, dev.kedge.stage.v1.Device wanted) {
    ComputeThreads.use(threads);
    ComputeDevice.use(device(wanted));
  }

  /**
   * The device memory that one stage may use; empty on the processor, where it is main memory.
   *
   * @param slots stages that compute at once
   * @throws StageException if nobody says how much there is
   */
  public OptionalLong cardMemory(dev.kedge.stage.v1.Device wanted, int slots) {
    if (device(wanted) != Device.CUDA) {
      return OptionalLong.empty();
    }
    long all =
        card.get()
            .memory()
            .orElseThrow(
                () ->
                    StageException.user(
                        "UNKNOWN_CARD_MEMORY",
                        "how much memory the GPU has is not known, since nvidia-smi does not say: set kedge.compute.card-memory, for example to 80G"));
    return OptionalLong.of(all / 10 * 9 / slots);
  }
}
