package dev.kedge.models.language;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The settings of a {@code config.json}; a complaint names the setting, its value and what it
 * should be.
 */
record Settings(JsonNode json) {
  private JsonNode value(String key) {
    JsonNode value = json.path(key);
    return value.isNull() ? json.path("") : value;
  }

  boolean has(String key) {
    return !value(key).isMissingNode();
  }

  Settings section(String key) {
    return new Settings(value(key));
  }

  int integer(String key) {
    if (!has(key)) {
      throw new IllegalArgumentException(key + " is missing: give a whole number");
    }
    return integer(key, 0);
  }

  int integer(String key, int standard) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return standard;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new IllegalArgumentException(key + " must be a whole number, not " + value);
    }
    return value.asInt();
  }

  double number(String key) {
    JsonNode value = value(key);
    if (!value.isNumber()) {
      throw new IllegalArgumentException(key + " must be a number, not '" + value + "'");
    }
    return value.asDouble();
  }

  double number(String key, double standard) {
    return has(key) ? number(key) : standard;
  }

  boolean flag(String key, boolean standard) {
    JsonNode value = value(key);
    if (value.isMissingNode()) {
      return standard;
    }
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(key + " must be true or false, not " + value);
    }
    return value.asBoolean();
  }

  String text(String key, String standard) {
    return value(key).asText(standard);
  }

  /** Refuses a flag that asks for something no kernel computes. */
  void require(String key, boolean needed) {
    if (flag(key, needed) != needed) {
      throw new IllegalArgumentException(
          key + " is " + !needed + "; models are supported only where it is " + needed);
    }
  }
}
