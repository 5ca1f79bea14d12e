package dev.kedge.cli.file;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Gives a scalar's text the type that the schema asks for. */
final class ScalarReader {
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private ScalarReader() {}

  /**
   * @throws IllegalArgumentException saying what was expected instead
   */
  static Object read(FieldDescriptor field, Node node) {
    if (!(node instanceof ScalarNode scalar)) {
      throw new IllegalArgumentException("expected " + expected(field) + ", not several");
    }
    if (YamlDocument.isNull(node)) {
      throw new IllegalArgumentException("expected " + expected(field) + ", found nothing");
    }
    return switch (field.getJavaType()) {
      case STRING -> scalar.getValue();
      case INT -> (int) whole(field, scalar.getValue(), Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> whole(field, scalar.getValue(), 0, Long.MAX_VALUE);
      case DOUBLE -> decimal(field, scalar.getValue());
      case BOOLEAN -> truth(field, scalar.getValue());
      case ENUM -> constant(field, scalar.getValue());
      default -> throw new IllegalStateException(field.getFullName() + " has no YAML form");
    };
  }

  private static long whole(FieldDescriptor field, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw unexpected(field, text);
    }
    throw unexpected(field, text);
  }

  private static double decimal(FieldDescriptor field, String text) {
    if (!DECIMAL.matcher(text).matches() || Double.isInfinite(Double.parseDouble(text))) {
      throw unexpected(field, text);
    }
    return Double.parseDouble(text);
  }

  private static boolean truth(FieldDescriptor field, String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw unexpected(field, text);
    }
    return text.equals("true");
  }

  private static EnumValueDescriptor constant(FieldDescriptor field, String text) {
    EnumValueDescriptor value = field.getEnumType().findValueByName(text);
    if (value == null || value.getNumber() == 0) {
      throw unexpected(field, text);
    }
    return value;
  }

  private static IllegalArgumentException unexpected(FieldDescriptor field, String text) {
    return new IllegalArgumentException("expected %s, found `%s`".formatted(expected(field), text));
  }

  private static String expected(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case STRING -> "a text";
      case INT -> "a whole number";
      case LONG -> "a whole number from 0 to 2^63-1";
      case DOUBLE -> "a number";
      case BOOLEAN -> "true or false";
      case ENUM -> "one of " + names(field);
      default -> "fields";
    };
  }

  private static List<String> names(FieldDescriptor field) {
    return field.getEnumType().getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(EnumValueDescriptor::getName)
        .toList();
  }
}
