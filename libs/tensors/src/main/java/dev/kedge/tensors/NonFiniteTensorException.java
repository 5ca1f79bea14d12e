package dev.kedge.tensors;

/** A result holds NaN, an infinity, or a value too large for the type it is to be stored in. */
public final class NonFiniteTensorException extends UnusableTensorsException {
  NonFiniteTensorException(TensorSpec spec, long element, float value) {
    super(
        "tensor '%s' %s is %s at element %d: these weights are spoilt, take them from a run that did not diverge"
            .formatted(spec.name(), spec.shape(), value, element),
        null);
  }

  NonFiniteTensorException(String mixture, TensorSpec spec, long element, float value) {
    super(
        "tensor '%s' %s is %s at element %d%s"
            .formatted(spec.name(), spec.shape(), value, element, remedy(mixture, spec, value)),
        null);
  }

  private static String remedy(String mixture, TensorSpec spec, float value) {
    return Float.isFinite(value)
        ? ", which %s cannot hold, in %s; store the result in a type of a larger range: BF16 or F32"
            .formatted(spec.dtype(), mixture)
        : ", in %s; leave out the checkpoint that diverged".formatted(mixture);
  }
}
