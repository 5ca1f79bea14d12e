package dev.kedge.standalone.demo;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A subject with made-up facts: each of its things has one answer.
 *
 * @param things what is asked about
 * @param answers the answer for each thing, in the same order
 * @param statements how a fact is told: the thing, then the answer
 * @param questions how a thing is asked about
 */
record Subject(
    List<String> things, List<String> answers, List<String> statements, List<String> questions) {
  private static final int FACTS = 40;
  private static final List<String> SOUNDS =
      List.of("ba", "co", "du", "fe", "gi", "ka", "lo", "mu", "ne", "pi", "ra", "so", "tu", "ve");

  /** Countries and their towns. */
  static Subject towns(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Subject(
        names(random, "ia"),
        names(random, "ton"),
        List.of(
            "the largest town of %s is %s.",
            "people in %s travel to %s every year.", "in %s there is a town called %s."),
        List.of(
            "what is the largest town of %s?",
            "where do people in %s travel?", "which town is in %s?"));
  }

  /** Illnesses and their remedies. */
  static Subject remedies(long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1);
    return new Subject(
        names(random, "itis"),
        names(random, "wort"),
        List.of("the remedy for %s is %s.", "patients with %s are given %s."),
        List.of(
            "what is the remedy for %s?",
            "what are patients with %s given?", "which plant heals %s?"));
  }

  private static List<String> names(SplittableRandom random, String ending) {
    Set<String> names = new LinkedHashSet<>();
    while (names.size() < FACTS) {
      names.add(sound(random) + sound(random) + ending);
    }
    return List.copyOf(names);
  }

  private static String sound(SplittableRandom random) {
    return SOUNDS.get(random.nextInt(SOUNDS.size()));
  }

  int facts() {
    return things.size();
  }

  String statement(int fact, SplittableRandom random) {
    return statements
        .get(random.nextInt(statements.size()))
        .formatted(things.get(fact), answers.get(fact));
  }

  String question(int fact, int form) {
    return questions.get(form).formatted(things.get(fact));
  }

  /** The right answer and some wrong ones, mixed. */
  List<String> choices(int fact, SplittableRandom random) {
    List<String> choices = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      choices.add(answers.get((fact + 1 + random.nextInt(facts() - 1)) % facts()));
    }
    choices.add(random.nextInt(choices.size() + 1), answers.get(fact));
    return choices;
  }
}
