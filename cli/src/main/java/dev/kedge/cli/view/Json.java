package dev.kedge.cli.view;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;

/** Protobuf's JSON form. */
public final class Json {
  private Json() {}

  /** Over several lines. */
  public static String pretty(MessageOrBuilder message) {
    return print(JsonFormat.printer(), message);
  }

  /** On one line, for streams. */
  public static String line(MessageOrBuilder message) {
    return print(JsonFormat.printer().omittingInsignificantWhitespace(), message);
  }

  private static String print(JsonFormat.Printer printer, MessageOrBuilder message) {
    try {
      return printer.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the gateway sent a message of an unknown type", e);
    }
  }
}
