package dev.kedge.cli.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;

/** JSON that came in a message. A message knows one kind of numbers: whole ones are whole again. */
public final class StructTree {
  private static final double LARGEST_WHOLE = 1L << 53;

  private StructTree() {}

  /** The tree of an object. */
  public static JsonObject of(Struct struct) {
    JsonObject tree = new JsonObject();
    struct.getFieldsMap().forEach((name, value) -> tree.add(name, of(value)));
    return tree;
  }

  private static JsonElement of(Value value) {
    return switch (value.getKindCase()) {
      case STRUCT_VALUE -> of(value.getStructValue());
      case LIST_VALUE -> {
        JsonArray list = new JsonArray();
        value.getListValue().getValuesList().forEach(each -> list.add(of(each)));
        yield list;
      }
      case STRING_VALUE -> new JsonPrimitive(value.getStringValue());
      case BOOL_VALUE -> new JsonPrimitive(value.getBoolValue());
      case NUMBER_VALUE -> number(value.getNumberValue());
      case NULL_VALUE, KIND_NOT_SET -> JsonNull.INSTANCE;
    };
  }

  private static JsonPrimitive number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE;
    return whole ? new JsonPrimitive((long) value) : new JsonPrimitive(value);
  }
}
