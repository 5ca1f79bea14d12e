package dev.kedge.gateway;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.stream.Stream;

/** Texts of messages whose type is not known to who looks at them. */
public final class TextFields {
  private TextFields() {}

  /** What is in those of the fields that the message has and that have a text, in this order. */
  public static Stream<String> of(Object message, String... fields) {
    Message known = (Message) message;
    return Stream.of(fields)
        .map(known.getDescriptorForType()::findFieldByName)
        .filter(field -> field != null && field.getType() == FieldDescriptor.Type.STRING)
        .map(field -> (String) known.getField(field))
        .filter(text -> !text.isEmpty());
  }
}
