package dev.kedge.plan;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.stream.Collectors;

/** Choices must be among those that this version knows: the wire carries any number. */
record KnownValues(Problems problems) {
  /**
   * Notes every choice that is none.
   *
   * @param path of the message in the file, with a dot behind it; empty for the file itself
   */
  void check(Message message, String path) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              String here = path + field.getName();
              if (value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                  checkValue(field, list.get(i), Problems.at(here, i));
                }
              } else {
                checkValue(field, value, here);
              }
            });
  }

  private void checkValue(FieldDescriptor field, Object value, String path) {
    if (value instanceof Message inner) {
      check(inner, path + ".");
    } else if (value instanceof EnumValueDescriptor choice) {
      problems.require(
          field.getEnumType().findValueByNumber(choice.getNumber()) != null,
          path,
          "unknown: write one of " + names(field.getEnumType()));
    }
  }

  private static String names(EnumDescriptor type) {
    return type.getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(EnumValueDescriptor::getName)
        .collect(Collectors.joining(", "));
  }
}
