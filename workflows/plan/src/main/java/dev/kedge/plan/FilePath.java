package dev.kedge.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in an experiment file, for example {@code methods[1].l2.lambda}.
 *
 * @param steps from the file's beginning, at least one
 */
record FilePath(List<Step> steps) {
  /**
   * A field, or one element of its list.
   *
   * @param position of the element, where one is named
   */
  record Step(String field, OptionalInt position) {}

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
    return new FilePath(steps);
  }

  private static OptionalInt position(String digits) {
    return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
  }

  List<Step> parents() {
    return steps.subList(0, steps.size() - 1);
  }

  Step last() {
    return steps.get(steps.size() - 1);
  }
}
