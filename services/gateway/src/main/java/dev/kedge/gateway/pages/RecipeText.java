package dev.kedge.gateway.pages;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A recipe in a line, for example {@code wise_ft(base=train-base, tuned=train-full, alpha=0.5)}:
 * the names are those of recipes in files, and stages are named by their ids.
 */
final class RecipeText {
  private static final int DIGITS = "sha256:".length() + 12;

  private RecipeText() {}

  static String of(Recipe recipe) {
    return recipe.getAllFields().entrySet().stream()
        .map(RecipeText::made)
        .collect(Collectors.joining());
  }

  private static String made(Map.Entry<FieldDescriptor, Object> one) {
    return one.getValue() instanceof Input input
        ? input(input)
        : one.getKey().getName() + arguments((Message) one.getValue());
  }

  private static String arguments(Message message) {
    return message.getAllFields().entrySet().stream()
        .map(field -> field.getKey().getName() + "=" + value(field.getValue()))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String value(Object value) {
    if (value instanceof Recipe recipe) {
      return of(recipe);
    }
    if (value instanceof Input input) {
      return input(input);
    }
    if (value instanceof Message message) {
      return arguments(message);
    }
    if (value instanceof List<?> list) {
      List<String> values = new ArrayList<>();
      list.forEach(each -> values.add(value(each)));
      return values.toString();
    }
    return value instanceof EnumValueDescriptor named ? named.getName() : String.valueOf(value);
  }

  private static String input(Input input) {
    String digest = input.getArtifact();
    return input.hasStage()
        ? input.getStage()
        : digest.length() > DIGITS ? digest.substring(0, DIGITS) + "…" : digest;
  }
}
