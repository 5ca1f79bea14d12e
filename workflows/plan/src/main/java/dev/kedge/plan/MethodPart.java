package dev.kedge.plan;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.v1.Method;
import dev.kedge.v1.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A procedure or a protection that a method of the file can have.
 *
 * <p>The file's message and the stage's have fields of the same names: a list of numbers in the
 * file that is a single number in the stage is an axis of the grid, what is the same in both is
 * copied. What a part needs beyond that, its own class says.
 */
class MethodPart {
  private static final String CALIBRATION = "calibration";

  private final FieldDescriptor inFile;
  private final FieldDescriptor inStage;

  /**
   * A part without peculiarities.
   *
   * @param name of its field, in {@link Method} and in {@link MethodSpec}
   */
  MethodPart(String name) {
    this.inFile = Method.getDescriptor().findFieldByName(name);
    this.inStage = MethodSpec.getDescriptor().findFieldByName(name);
  }

  final String name() {
    return inFile.getName();
  }

  final boolean isIn(Method method) {
    return method.hasField(inFile);
  }

  /** Whether it is a way to train, of which a method has one at most. */
  boolean isProcedure() {
    return false;
  }

  /** Whether it can be done for this task. */
  boolean goesWith(Task task) {
    return !task.hasContrastive();
  }

  /** Finds what is wrong with its values, apart from what {@link #checkValues} finds. */
  void check(Method method, MethodRules.Place place) {}

  /** Fills in what the file leaves open and what other stages make. */
  void complete(Method method, MethodSpec.Builder spec, MethodInputs inputs) {}

  /** The data set that stands for the old knowledge, where it needs one. */
  final Optional<String> calibration(Method method) {
    return field(CALIBRATION).map(field -> (String) given(method).getField(field));
  }

  /** Whether that data's classes, of images, must be the task's. */
  boolean needsTaskClasses(Method method) {
    return true;
  }

  final boolean isRelative(Method method) {
    return field("relative").map(field -> (boolean) given(method).getField(field)).orElse(false);
  }

  final void checkValues(Method method, MethodRules.Place place) {
    lists()
        .forEach(
            (list, parameter) ->
                parameter.check(numbers(method, list), place.at(list.getName()), place.problems()));
    check(method, place);
  }

  /** Copies what has one value. */
  final void copy(Method method, MethodSpec.Builder spec) {
    Message.Builder into = spec.getFieldBuilder(inStage);
    for (var given : given(method).getAllFields().entrySet()) {
      FieldDescriptor twin = twin(given.getKey());
      if (twin != null && twin.isRepeated() == given.getKey().isRepeated()) {
        into.setField(twin, value(given.getValue(), twin));
      }
    }
  }

  /** A choice of the file's is the stage's choice of the same name. */
  private static Object value(Object given, FieldDescriptor twin) {
    return given instanceof EnumValueDescriptor choice
        ? twin.getEnumType().findValueByName(choice.getName())
        : given;
  }

  /** Its part of the grid; lists that are empty have none. */
  final List<GridAxis> axes(Method method) {
    List<GridAxis> axes = new ArrayList<>();
    lists()
        .forEach(
            (list, parameter) -> {
              List<Number> values = numbers(method, list);
              if (twin(list) != null && !values.isEmpty()) {
                axes.add(new GridAxis(inStage, twin(list), parameter.axis(values)));
              }
            });
    return axes;
  }

  /** The lists of numbers that the file may give, in the file's order. */
  private Map<FieldDescriptor, Parameter> lists() {
    Map<FieldDescriptor, Parameter> lists = new LinkedHashMap<>();
    for (FieldDescriptor field : inFile.getMessageType().getFields()) {
      Parameter.of(field).ifPresent(parameter -> lists.put(field, parameter));
    }
    return lists;
  }

  /** Completes the part, the run that gives λ its unit included. */
  final void finish(Method method, MethodSpec.Builder spec, MethodInputs inputs) {
    if (isRelative(method)) {
      FieldDescriptor unit = inStage.getMessageType().findFieldByName("relative_to");
      spec.getFieldBuilder(inStage).setField(unit, inputs.fullRun());
    }
    complete(method, spec, inputs);
  }

  private List<Number> numbers(Method method, FieldDescriptor field) {
    List<?> values = (List<?>) given(method).getField(field);
    return values.stream().map(Number.class::cast).toList();
  }

  private Message given(Method method) {
    return (Message) method.getField(inFile);
  }

  private FieldDescriptor twin(FieldDescriptor field) {
    Descriptor stage = inStage.getMessageType();
    return stage.findFieldByName(field.getName());
  }

  private Optional<FieldDescriptor> field(String name) {
    return Optional.ofNullable(inFile.getMessageType().findFieldByName(name));
  }
}
