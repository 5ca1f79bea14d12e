package dev.kedge.tensors;

/** A Fisher diagonal has a negative element, and so is none: it is a mean of squares. */
public final class NegativeFisherException extends UnusableTensorsException {
  NegativeFisherException(String diagonal, TensorSpec spec, long element, float value) {
    super(
        "tensor '%s' %s is %s at element %d of the Fisher diagonal %s, which is a mean of squares: take it again"
            .formatted(spec.name(), spec.shape(), value, element, diagonal),
        null);
  }
}
