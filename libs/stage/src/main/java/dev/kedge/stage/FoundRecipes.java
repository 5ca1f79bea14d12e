package dev.kedge.stage;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What stages have found, put in the place of references to it. */
public record FoundRecipes(StageContext context) {
  /**
   * The same message with every {@code found} replaced by the recipe in that artifact, in which
   * nothing is left to be found.
   *
   * @throws StageException blaming the user if an artifact has no recipe
   */
  public <M extends Message> M in(M message) {
    @SuppressWarnings("unchecked") // a message is replaced by one of its own type
    M replaced = (M) replace(message);
    return replaced;
  }

  private Message replace(Message message) {
    if (message instanceof Recipe recipe && recipe.hasFound()) {
      return in(found(recipe.getFound()));
    }
    Message.Builder builder = message.toBuilder();
    message.getAllFields().entrySet().stream()
        .filter(field -> holdsMessages(field.getKey()))
        .forEach(field -> builder.setField(field.getKey(), replaceValue(field.getValue())));
    return builder.build();
  }

  private static boolean holdsMessages(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField();
  }

  private Object replaceValue(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(one -> replace((Message) one)).toList()
        : replace((Message) value);
  }

  private Recipe found(Input search) {
    try {
      return RecipeFile.read(context.input(search));
    } catch (IllegalArgumentException e) {
      throw StageException.user(
          "BAD_RECIPE",
          "%s is no recipe: %s; give the artifact of a SOUP, ADAPT or SELECT stage"
              .formatted(search.getArtifact(), e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
