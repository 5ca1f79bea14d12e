package dev.kedge.tensors;

/** A tensor holds NaN or an infinity. */
public final class NonFiniteTensorException extends UnusableTensorsException {
  NonFiniteTensorException(String recipe, TensorSpec spec, long element, float value) {
    super(
        "tensor '%s' %s is %s at element %d under %s; train again with a smaller step, or leave out"
                .formatted(spec.name(), spec.shape(), value, element, recipe)
            + " the checkpoint that diverged",
        null);
  }
}
