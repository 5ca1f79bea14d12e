package dev.kedge.models.train;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which matrices get an adapter: modules by the last parts of their names. A module's name is its
 * weight's without {@code .weight}.
 *
 * @param endings such as {@code q_proj} or {@code mlp.fc1}
 */
public record LoraTargets(List<String> endings) {
  /** Ending of a weight's name. */
  static final String WEIGHT = ".weight";

  /** Last parts of the names of tables, whose adapters PEFT keeps in another form. */
  private static final Set<String> TABLES =
      Set.of(
          "embed_tokens", "embed_positions", "wte", "wpe", "token_embedding", "position_embedding");

  public LoraTargets {
    endings = List.copyOf(endings);
  }

  /**
   * Weights that are meant, of those that may move.
   *
   * @throws IllegalArgumentException if a target matches none, or a table
   */
  public List<String> choose(List<String> candidates) {
    for (String ending : endings) {
      if (modules(candidates).stream().noneMatch(module -> ends(module, ending))) {
        throw none(ending, candidates);
      }
    }
    List<String> chosen =
        candidates.stream().filter(name -> name.endsWith(WEIGHT) && match(module(name))).toList();
    chosen.forEach(LoraTargets::requireNoTable);
    return chosen;
  }

  private boolean match(String module) {
    return endings.stream().anyMatch(ending -> ends(module, ending));
  }

  private static boolean ends(String module, String ending) {
    return module.equals(ending) || module.endsWith("." + ending);
  }

  private static void requireNoTable(String weight) {
    if (TABLES.contains(last(module(weight)))) {
      throw new IllegalArgumentException(
          "%s is a table, not a product's matrix; give matrices".formatted(weight));
    }
  }

  private static List<String> modules(List<String> candidates) {
    return candidates.stream()
        .filter(name -> name.endsWith(WEIGHT))
        .map(LoraTargets::module)
        .toList();
  }

  /** The module of a weight. */
  static String module(String weight) {
    return weight.substring(0, weight.length() - WEIGHT.length());
  }

  private static String last(String module) {
    return module.substring(module.lastIndexOf('.') + 1);
  }

  private static IllegalArgumentException none(String target, List<String> candidates) {
    Set<String> there = new TreeSet<>();
    modules(candidates).forEach(name -> there.add(last(name)));
    return new IllegalArgumentException(
        "'%s' matches no weight that trains; there are %s".formatted(target, there));
  }
}
