package dev.kedge.plan;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/** The value of one field, in JSON that anybody may have sent. */
final class FieldValue {
  private static final int MOST_SHOWN = 200;

  private FieldValue() {}

  /**
   * Reads a value into an empty message, where nothing else may be set by it.
   *
   * @param empty a message with the field
   * @throws IllegalArgumentException if reading it would take more than its length lets expect
   * @throws InvalidProtocolBufferException if it is no value of the field
   */
  static Object parse(Message empty, FieldDescriptor field, String json)
      throws InvalidProtocolBufferException {
    String text = "{\"%s\": %s}".formatted(field.getName(), json);
    JsonLimits.check(text);
    Message.Builder alone = empty.newBuilderForType();
    JsonFormat.parser().merge(text, alone);
    Object value = alone.getField(field);
    if (!alone.clearField(field).build().equals(empty)) {
      throw new InvalidProtocolBufferException("sets other fields");
    }
    return value;
  }

  /** What somebody has sent as a message shows it. */
  static String shown(String sent) {
    return sent.length() <= MOST_SHOWN ? sent : sent.substring(0, MOST_SHOWN) + "…";
  }
}
