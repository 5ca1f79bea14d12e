package dev.kedge.plan;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names of classes for prompts: of some of the data's classes, or a list that has all of them and
 * more, as that of ImageNet for a part of it. Anything else is a mistake in writing.
 */
record ClassNameRules(Problems problems) {
  private static final int MOST_SHOWN = 5;

  void check(Set<String> named, Collection<String> classes, String path) {
    if (oneHasAll(named, classes)) {
      return;
    }
    Set<String> strange = new TreeSet<>(named);
    strange.removeAll(classes);
    problems.add(
        path + "." + strange.iterator().next(),
        "`%s` is not among the classes %s".formatted(strange.iterator().next(), some(classes)));
  }

  static boolean oneHasAll(Collection<String> some, Collection<String> others) {
    return others.containsAll(some) || some.containsAll(others);
  }

  /** Classes in a message: ImageNet has a thousand. */
  static String some(Collection<String> classes) {
    if (classes.size() <= MOST_SHOWN) {
      return classes.toString();
    }
    return classes.stream().limit(MOST_SHOWN).toList()
        + " and %d more".formatted(classes.size() - MOST_SHOWN);
  }
}
