package dev.kedge.models.train;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which matrices get an adapter. A module's name is its weight's without {@code .weight}. */
public sealed interface LoraTargets {
  /** Ending of a weight's name. */
  String WEIGHT = ".weight";

  /** Whether a module is meant. */
  boolean match(String module);

  /**
   * Weights that are meant, of those that may move.
   *
   * @throws IllegalArgumentException if a target matches none
   */
  List<String> choose(List<String> candidates);

  /**
   * Modules by the last parts of their names.
   *
   * @param endings such as {@code q_proj} or {@code mlp.fc1}
   */
  record Endings(List<String> endings) implements LoraTargets {
    public Endings {
      endings = List.copyOf(endings);
    }

    @Override
    public boolean match(String module) {
      return endings.stream().anyMatch(ending -> ends(module, ending));
    }

    private static boolean ends(String module, String ending) {
      return module.equals(ending) || module.endsWith("." + ending);
    }

    @Override
    public List<String> choose(List<String> candidates) {
      for (String ending : endings) {
        if (modules(candidates).stream().noneMatch(module -> ends(module, ending))) {
          throw none(ending, candidates);
        }
      }
      return LoraTargets.matching(this, candidates);
    }
  }

  /**
   * Modules whose whole name matches.
   *
   * @param regex a regular expression
   */
  record Pattern(String regex) implements LoraTargets {
    @Override
    public boolean match(String module) {
      return module.matches(regex);
    }

    @Override
    public List<String> choose(List<String> candidates) {
      List<String> chosen = LoraTargets.matching(this, candidates);
      if (chosen.isEmpty()) {
        throw none(regex, candidates);
      }
      return chosen;
    }
  }

  private static List<String> matching(LoraTargets targets, List<String> candidates) {
    return candidates.stream()
        .filter(name -> name.endsWith(WEIGHT) && targets.match(module(name)))
        .toList();
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

  private static IllegalArgumentException none(String target, List<String> candidates) {
    Set<String> there = new TreeSet<>();
    modules(candidates).forEach(name -> there.add(name.substring(name.lastIndexOf('.') + 1)));
    return new IllegalArgumentException(
        "lora.targets: '%s' matches nothing that trains; there is %s".formatted(target, there));
  }
}
