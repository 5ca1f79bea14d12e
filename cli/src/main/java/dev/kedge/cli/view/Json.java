package dev.kedge.cli.view;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;

/** Protobuf's JSON form. */
public final class Json {
  /** Protobuf's own printer writes {@code =} and {@code '} as web pages need them. */
  private static final GsonBuilder PLAIN = new GsonBuilder().disableHtmlEscaping();

  private static final Gson LINE = PLAIN.create();
  private static final Gson PRETTY = PLAIN.setPrettyPrinting().create();

  private Json() {}

  /** Over several lines. */
  public static String pretty(MessageOrBuilder message) {
    return pretty(tree(message));
  }

  /**
   * What something would be, over several lines: {@code validateOnly} says that nothing was done.
   */
  public static String validated(MessageOrBuilder message) {
    JsonObject foreseen = new JsonObject();
    foreseen.addProperty("validateOnly", true);
    tree(message).getAsJsonObject().asMap().forEach(foreseen::add);
    return pretty(foreseen);
  }

  /** Over several lines. */
  public static String pretty(JsonElement tree) {
    return PRETTY.toJson(tree);
  }

  /** On one line, for streams. */
  public static String line(MessageOrBuilder message) {
    return LINE.toJson(tree(message));
  }

  private static JsonElement tree(MessageOrBuilder message) {
    try {
      return JsonParser.parseString(JsonFormat.printer().print(message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the gateway sent a message of an unknown type", e);
    }
  }
}
