package dev.kedge.plan;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.kedge.stage.v1.DatasetPart;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.StageSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Changes single parameters of a stage, as an operator asks for on a retry. */
public final class SpecChanges {
  private static final Set<Descriptor> INPUTS =
      Set.of(Input.getDescriptor(), Producer.getDescriptor(), DatasetPart.getDescriptor());

  private SpecChanges() {}

  /**
   * A copy of the spec with the changes.
   *
   * @param changes paths within the stage's own message and their new values in JSON, for example
   *     {@code optimisation.learning_rate: 1e-5}
   * @throws IllegalArgumentException if a path names no parameter, or a value has the wrong type or
   *     is negative
   */
  public static StageSpec apply(StageSpec spec, Map<String, String> changes) {
    StageSpec.Builder changed = spec.toBuilder();
    FieldDescriptor kind =
        StageSpec.getDescriptor().findFieldByNumber(spec.getStageCase().getNumber());
    Message.Builder stage = changed.getFieldBuilder(kind);
    new TreeMap<>(changes).forEach((path, json) -> set(stage, path, path, json));
    return changed.build();
  }

  private static void set(Message.Builder builder, String rest, String path, String json) {
    int dot = rest.indexOf('.');
    FieldDescriptor field = field(builder, dot < 0 ? rest : rest.substring(0, dot), path);
    requireParameter(field, path);
    if (dot < 0) {
      setValue(builder, field, path, json);
    } else {
      set(child(builder, field, path), rest.substring(dot + 1), path, json);
    }
  }

  private static FieldDescriptor field(Message.Builder builder, String name, String path) {
    FieldDescriptor field = builder.getDescriptorForType().findFieldByName(name);
    if (field == null) {
      throw refuse(
          path,
          "`%s` is unknown; known are %s"
              .formatted(
                  FieldValue.shown(name),
                  builder.getDescriptorForType().getFields().stream()
                      .filter(known -> !isReference(known))
                      .map(FieldDescriptor::getName)
                      .collect(Collectors.joining(", "))));
    }
    return field;
  }

  /** What a stage reads is the plan's business: a changed input would be another experiment. */
  private static void requireParameter(FieldDescriptor field, String path) {
    if (isReference(field)) {
      throw refuse(path, "an input is not a parameter: fork the experiment to change it");
    }
  }

  /** Which part of a data set is read is no parameter either: parts are kept apart on purpose. */
  private static boolean isReference(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && INPUTS.contains(field.getMessageType());
  }

  private static Message.Builder child(
      Message.Builder builder, FieldDescriptor field, String path) {
    boolean single = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated();
    if (!single) {
      throw refuse(path, "`%s` has no fields of its own".formatted(field.getName()));
    }
    if (!builder.hasField(field)) {
      throw refuse(
          path,
          "`%s` is not part of this stage; it has %s"
              .formatted(
                  field.getName(),
                  builder.getAllFields().keySet().stream()
                      .map(FieldDescriptor::getName)
                      .collect(Collectors.joining(", "))));
    }
    return builder.getFieldBuilder(field);
  }

  private static void setValue(
      Message.Builder builder, FieldDescriptor field, String path, String json) {
    if (!isPlain(field)) {
      throw refuse(path, "`%s` is a group: name a field in it".formatted(field.getName()));
    }
    Object value = parse(builder.getDefaultInstanceForType(), field, path, json);
    requireNotNegative(value, path, json);
    builder.setField(field, value);
  }

  /** No parameter of any stage is below zero, and none is infinite. */
  private static void requireNotNegative(Object value, String path, String json) {
    List<?> values = value instanceof List<?> list ? list : List.of(value);
    for (Object one : values) {
      if (one instanceof Number number
          && !(number.doubleValue() >= 0 && Double.isFinite(number.doubleValue()))) {
        throw refuse(path, "`%s` is not a number from 0 on".formatted(FieldValue.shown(json)));
      }
    }
  }

  /** A number, a text, or a list of such or of groups of such. */
  private static boolean isPlain(FieldDescriptor field) {
    return field.getJavaType() != FieldDescriptor.JavaType.MESSAGE
        || (field.isRepeated()
            && field.getMessageType().getFields().stream()
                .allMatch(one -> one.getJavaType() != FieldDescriptor.JavaType.MESSAGE));
  }

  private static Object parse(Message empty, FieldDescriptor field, String path, String json) {
    try {
      return FieldValue.parse(empty, field, json);
    } catch (InvalidProtocolBufferException wrong) {
      throw refuse(path, "`%s` is no %s".formatted(FieldValue.shown(json), typeOf(field)));
    } catch (IllegalArgumentException tooMuch) {
      throw refuse(path, tooMuch.getMessage());
    }
  }

  private static String typeOf(FieldDescriptor field) {
    String type = field.getType().name().toLowerCase(Locale.ROOT);
    return (field.isRepeated() ? "list of " : "") + type;
  }

  private static IllegalArgumentException refuse(String path, String why) {
    return new IllegalArgumentException(FieldValue.shown(path) + ": " + why);
  }
}
