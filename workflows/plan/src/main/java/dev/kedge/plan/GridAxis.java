package dev.kedge.plan;

import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.kedge.stage.v1.MethodSpec;

/**
 * One list of a method's grid, and the place of its values in the stage's method.
 *
 * @param part the part's field in {@link MethodSpec}
 * @param field the parameter's field in the part
 */
record GridAxis(FieldDescriptor part, FieldDescriptor field, Axis axis) {
  MethodSpec set(MethodSpec spec, Number value) {
    MethodSpec.Builder set = spec.toBuilder();
    set.getFieldBuilder(part).setField(field, value);
    return set.build();
  }

  GridAxis qualified() {
    return new GridAxis(part, field, axis.of(part.getName()));
  }
}
