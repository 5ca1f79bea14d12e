package dev.kedge.plan;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One change of an experiment file.
 *
 * @param path the place
 * @param json the new value; {@code null} takes the field out
 */
record FieldChange(FilePath path, String json) {
  private static final Pattern UNKNOWN = Pattern.compile("Cannot find field: (\\w+) in message .*");
  private static final String NOTHING = "null";

  /** Changes the file; returns the texts of the new value. */
  Set<String> apply(Message.Builder file) {
    Message.Builder parent = file;
    for (FilePath.Step step : path.parents()) {
      parent = child(parent, step);
    }
    Set<String> texts = new HashSet<>();
    collectTexts(put(parent, path.last()), texts);
    return texts;
  }

  private static Message.Builder child(Message.Builder parent, FilePath.Step step) {
    FieldDescriptor field = field(parent, step);
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || field.isMapField()) {
      throw new IllegalArgumentException(
          "`%s` has no fields of its own: set it whole".formatted(step.field()));
    }
    if (!field.isRepeated()) {
      requireNoOther(parent, field);
      return parent.getFieldBuilder(field);
    }
    int count = parent.getRepeatedFieldCount(field);
    int position =
        step.position()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "`%1$s` is a list: name one element, as in %1$s[0]"
                            .formatted(step.field())));
    requireWithin(position, count);
    return parent.getRepeatedFieldBuilder(field, position);
  }

  /** Only a whole value replaces another of which there can be one alone. */
  private static void requireNoOther(Message.Builder parent, FieldDescriptor field) {
    OneofDescriptor choice = field.getRealContainingOneof();
    if (choice != null && parent.hasOneof(choice) && !parent.hasField(field)) {
      throw new IllegalArgumentException(
          "excludes `%s`, which the file has: set `%s` whole to replace it"
              .formatted(parent.getOneofFieldDescriptor(choice).getName(), field.getName()));
    }
  }

  private static void requireWithin(int position, int count) {
    if (position >= count) {
      throw new IllegalArgumentException(
          "position %d is beyond the list's %d".formatted(position, count));
    }
  }

  private Object put(Message.Builder parent, FilePath.Step step) {
    FieldDescriptor field = field(parent, step);
    if (step.position().isPresent()) {
      return putElement(parent, field, step.position().getAsInt());
    }
    if (json.strip().equals(NOTHING)) {
      parent.clearField(field);
      return "";
    }
    Object value = parse(parent, field, isOneOfMany(field) ? "[%s]".formatted(json) : json);
    parent.setField(field, value);
    return value;
  }

  /** One value stands for a list of one. */
  private boolean isOneOfMany(FieldDescriptor field) {
    return field.isRepeated() && !field.isMapField() && !json.strip().startsWith("[");
  }

  private Object putElement(Message.Builder parent, FieldDescriptor field, int position) {
    if (!field.isRepeated() || field.isMapField()) {
      throw new IllegalArgumentException("`%s` is no list".formatted(field.getName()));
    }
    if (json.strip().equals(NOTHING)) {
      throw new IllegalArgumentException(
          "`null` takes no element out: set `%s` whole, without it".formatted(field.getName()));
    }
    int count = parent.getRepeatedFieldCount(field);
    requireWithin(position, count + 1);
    List<?> values = (List<?>) parse(parent, field, "[%s]".formatted(json));
    if (values.size() != 1) {
      throw notA(field);
    }
    if (position == count) {
      parent.addRepeatedField(field, values.get(0));
    } else {
      parent.setRepeatedField(field, position, values.get(0));
    }
    return values.get(0);
  }

  /** A field by its name in the schema, or by its name in the API's JSON form. */
  private static FieldDescriptor field(Message.Builder parent, FilePath.Step step) {
    Descriptor type = parent.getDescriptorForType();
    return type.getFields().stream()
        .filter(
            field ->
                field.getName().equals(step.field()) || field.getJsonName().equals(step.field()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "`%s` is unknown; known are %s".formatted(step.field(), names(type))));
  }

  private static String names(Descriptor type) {
    return type.getFields().stream()
        .map(FieldDescriptor::getName)
        .collect(Collectors.joining(", "));
  }

  private Object parse(Message.Builder parent, FieldDescriptor field, String value) {
    try {
      return FieldValue.parse(parent.getDefaultInstanceForType(), field, value);
    } catch (InvalidProtocolBufferException wrong) {
      throw explained(field, wrong);
    }
  }

  private IllegalArgumentException explained(
      FieldDescriptor field, InvalidProtocolBufferException wrong) {
    Matcher unknown = UNKNOWN.matcher(String.valueOf(wrong.getMessage()));
    return unknown.matches()
        ? new IllegalArgumentException(
            "`%s` has the unknown field `%s`".formatted(FieldValue.shown(json), unknown.group(1)))
        : notA(field);
  }

  private IllegalArgumentException notA(FieldDescriptor field) {
    return new IllegalArgumentException(
        "`%s` is no %s".formatted(FieldValue.shown(json), type(field)));
  }

  private String type(FieldDescriptor field) {
    String one =
        switch (field.getJavaType()) {
          case MESSAGE ->
              field.isMapField()
                  ? "object of names and values"
                  : "object with the fields " + names(field.getMessageType());
          case ENUM -> "one of " + field.getEnumType().getValues().stream().skip(1).toList();
          default -> field.getType().name().toLowerCase(Locale.ROOT);
        };
    boolean isList = field.isRepeated() && !field.isMapField();
    return isList && path.last().position().isEmpty() ? "list of " + one : one;
  }

  private static void collectTexts(Object value, Set<String> into) {
    if (value instanceof String text) {
      into.add(text);
    } else if (value instanceof List<?> list) {
      list.forEach(one -> collectTexts(one, into));
    } else if (value instanceof Message message) {
      message.getAllFields().values().forEach(one -> collectTexts(one, into));
    }
  }
}
