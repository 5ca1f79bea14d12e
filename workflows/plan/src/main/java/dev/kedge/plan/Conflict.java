package dev.kedge.plan;

import dev.kedge.v1.Method;
import java.util.List;
import java.util.Set;

/**
 * Parts that cannot be in one method.
 *
 * @param part the one
 * @param others the others; empty for all
 * @param why for people
 */
record Conflict(String part, Set<String> others, String why) {
  /** All of them, apart from two procedures at once. */
  static final List<Conflict> ALL =
      List.of(
          new Conflict("lp", Set.of(), "lp trains the head alone: what protects the rest is idle"),
          new Conflict(
              "flyp",
              Set.of("ewc", "kd_features", "kd_logits", "ldifs", "lora", "replay", "early_stop"),
              "flyp trains no head while it runs"),
          new Conflict(
              "lora",
              Set.of("l2_decoupled"),
              "the pull acts on whole weights, of which lora trains none: write l2"));

  /** The names that clash in a method. */
  List<String> in(Method method) {
    List<String> names = MethodParts.of(method).stream().map(MethodPart::name).toList();
    return names.contains(part)
        ? names.stream().filter(name -> !name.equals(part)).filter(this::excludes).toList()
        : List.of();
  }

  private boolean excludes(String other) {
    return others.isEmpty() || others.contains(other);
  }
}
