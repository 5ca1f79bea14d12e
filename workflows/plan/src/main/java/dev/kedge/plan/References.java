package dev.kedge.plan;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.kedge.stage.v1.Input;
import dev.kedge.stage.v1.Producer;
import dev.kedge.stage.v1.StageSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The places in a spec that name other stages. */
public final class References {
  private References() {}

  /** Ids of the stages that a message names, in its order. */
  public static Set<String> in(Message message) {
    Set<String> ids = new LinkedHashSet<>();
    rewrite(
        message,
        reference -> {
          if (reference instanceof Input input && input.hasStage()) {
            ids.add(input.getStage());
          }
          if (reference instanceof Producer producer && producer.hasStage()) {
            ids.add(producer.getStage());
          }
          return reference;
        });
    return ids;
  }

  /**
   * Puts artifacts and keys in the place of stage ids.
   *
   * @param finished every stage that the spec names
   * @return a spec that a stage service accepts and that has a key
   */
  public static StageSpec resolve(StageSpec spec, Map<String, Finished> finished) {
    return (StageSpec)
        rewrite(
            spec,
            reference -> {
              if (reference instanceof Input input && input.hasStage()) {
                return input.toBuilder()
                    .setArtifact(get(finished, input.getStage()).artifact())
                    .build();
              }
              if (reference instanceof Producer producer && producer.hasStage()) {
                return producer.toBuilder()
                    .setKey(get(finished, producer.getStage()).key())
                    .build();
              }
              return reference;
            });
  }

  private static Finished get(Map<String, Finished> finished, String stage) {
    Finished found = finished.get(stage);
    if (found == null) {
      throw new IllegalArgumentException("stage `%s` has not finished".formatted(stage));
    }
    return found;
  }

  private static Message rewrite(Message message, UnaryOperator<Message> change) {
    if (message instanceof Input || message instanceof Producer) {
      return change.apply(message);
    }
    Message.Builder builder = message.toBuilder();
    for (var field : message.getAllFields().entrySet()) {
      if (holdsMessages(field.getKey())) {
        builder.setField(field.getKey(), rewriteValue(field.getValue(), change));
      }
    }
    return builder.build();
  }

  private static boolean holdsMessages(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isMapField();
  }

  private static Object rewriteValue(Object value, UnaryOperator<Message> change) {
    return value instanceof List<?> list
        ? list.stream().map(one -> rewrite((Message) one, change)).toList()
        : rewrite((Message) value, change);
  }
}
