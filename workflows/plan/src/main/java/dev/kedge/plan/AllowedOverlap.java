package dev.kedge.plan;

import dev.kedge.stage.v1.OverlapSpec;
import dev.kedge.stage.v1.OverlapSpec.ComparedSet;
import dev.kedge.stage.v1.OverlapSpec.Purpose;
import java.util.List;
import java.util.Set;

/** Which tests of an OVERLAP stage may have samples of other sets, as people name them. */
public final class AllowedOverlap {
  private static final Set<Purpose> TESTED = Set.of(Purpose.SELECT, Purpose.REPORT);

  private AllowedOverlap() {}

  /**
   * Sees to it that each name is that of a test: another would allow nothing.
   *
   * @throws IllegalArgumentException naming those that are none, and the tests that there are
   */
  public static void check(OverlapSpec overlap) {
    List<String> tests =
        overlap.getSetsList().stream()
            .filter(set -> TESTED.contains(set.getPurpose()))
            .map(ComparedSet::getName)
            .distinct()
            .toList();
    List<String> unknown =
        overlap.getAllowedList().stream().filter(name -> !tests.contains(name)).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "allowed: no test of the experiment is called %s; there are %s"
              .formatted(String.join(", ", unknown), String.join(", ", tests)));
    }
  }
}
