package dev.kedge.models.torch;

import java.util.Optional;

/**
 * The device on which the calling thread makes its tensors; the processor until another is chosen.
 *
 * <p>A job chooses once, at its start, before it reads weights: kernels compute where their
 * arguments are, and everything else a step needs is made from Java on the same thread.
 */
public final class ComputeDevice {
  private static final ThreadLocal<Device> CURRENT = ThreadLocal.withInitial(() -> Device.CPU);

  private ComputeDevice() {}

  /** Chooses for tensors made on the calling thread from now on. */
  public static void use(Device device) {
    CURRENT.set(device);
  }

  /** Where the calling thread makes tensors. */
  static Device current() {
    return CURRENT.get();
  }

  /**
   * Why no tensor can be made there, found out by making one; empty if it can. A device that is
   * there may fail for a while, as where another process has all of its memory.
   *
   * @throws TorchException if libtorch itself does not start
   */
  public static Optional<String> failure(Device device) {
    Natives.load();
    try {
      LibTorch.deleteTensor(LibTorch.empty(ElementType.F32, device, 1));
      return Optional.empty();
    } catch (TorchException absent) {
      return Optional.of(absent.getMessage());
    }
  }
}
