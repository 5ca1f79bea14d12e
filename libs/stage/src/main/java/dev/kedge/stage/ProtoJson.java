package dev.kedge.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.store.CanonicalJson;
import dev.kedge.store.StoreException;
import java.nio.charset.StandardCharsets;

/** Messages as they lie in the store: in their standard JSON form. */
final class ProtoJson {
  private static final JsonFormat.Printer PRINTER = JsonFormat.printer();
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  private ProtoJson() {}

  static JsonNode tree(MessageOrBuilder message) {
    try {
      byte[] json = PRINTER.print(message).getBytes(StandardCharsets.UTF_8);
      return CanonicalJson.read(json, JsonNode.class, "a message");
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the message has no JSON form", e);
    }
  }

  static void merge(JsonNode json, Message.Builder message) {
    try {
      PARSER.merge(json.toString(), message);
    } catch (InvalidProtocolBufferException e) {
      throw new StoreException.Corrupt(
          "what should be a %s is not one".formatted(message.getDescriptorForType().getName()), e);
    }
  }
}
