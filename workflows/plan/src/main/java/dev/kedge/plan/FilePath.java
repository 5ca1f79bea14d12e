package dev.kedge.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in an experiment file, for example {@code methods[1].l2.lambda}.
 *
 * @param text as it was written
 * @param steps from the file's beginning, at least one
 */
record FilePath(String text, List<Step> steps) implements Comparable<FilePath> {
  /**
   * A field, or one element of its list.
   *
   * @param position of the element, where one is named
   */
  record Step(String field, OptionalInt position) implements Comparable<Step> {
    private static final Comparator<Step> ORDER =
        Comparator.comparing(Step::field).thenComparing(step -> step.position().orElse(-1));

    @Override
    public int compareTo(Step other) {
      return ORDER.compare(this, other);
    }
  }

  private static final String STEP = "([A-Za-z_]\\w*)(?:\\[(\\d{1,4})])?";
  private static final Pattern FORM = Pattern.compile(STEP + "(\\." + STEP + ")*+");
  private static final Pattern ONE = Pattern.compile(STEP);
  private static final int LONGEST = 500;

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if it is none
   */
  static FilePath parse(String path) {
    if (path.length() > LONGEST || !FORM.matcher(path).matches()) {
      throw new IllegalArgumentException("not a path such as training.epochs or methods[0].id");
    }
    List<Step> steps = new ArrayList<>();
    Matcher step = ONE.matcher(path);
    while (step.find()) {
      steps.add(new Step(step.group(1), position(step.group(2))));
    }
    return new FilePath(path, steps);
  }

  private static OptionalInt position(String digits) {
    return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
  }

  /** A whole list comes before its elements, and these by their positions. */
  @Override
  public int compareTo(FilePath other) {
    int shared = Math.min(steps.size(), other.steps.size());
    for (int i = 0; i < shared; i++) {
      int order = steps.get(i).compareTo(other.steps.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(steps.size(), other.steps.size());
  }

  List<Step> parents() {
    return steps.subList(0, steps.size() - 1);
  }

  Step last() {
    return steps.get(steps.size() - 1);
  }
}
