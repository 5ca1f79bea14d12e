package dev.kedge.plan;

import dev.kedge.stage.v1.MethodSpec;
import dev.kedge.v1.Method;
import java.util.List;
import java.util.stream.Stream;

/**
 * A method with one value for every parameter; what it takes from other stages is still open.
 *
 * @param id the method's id, and what varies in its grid
 * @param label the same for people
 */
record Setting(String id, String label, MethodSpec spec) {
  /** The grid of a method: the product of its lists, in their order. */
  static List<Setting> of(Method method) {
    MethodSpec.Builder plain = MethodSpec.newBuilder();
    MethodParts.of(method).forEach(part -> part.copy(method, plain));
    if (plain.getAllFields().size() > 1) {
      // Beside others it says what holds without it: one work must have one name.
      plain.clearFull();
    }
    Stream<Setting> grid = Stream.of(new Setting(method.getId(), method.getId(), plain.build()));
    for (GridAxis axis : axes(method)) {
      grid =
          grid.flatMap(
              setting -> axis.axis().values().stream().map(value -> setting.at(axis, value)));
    }
    return grid.toList();
  }

  /** How many settings the method's lists make. */
  static long count(Method method) {
    return axes(method).stream()
        .mapToLong(axis -> axis.axis().values().size())
        .reduce(1, Math::multiplyExact);
  }

  private Setting at(GridAxis axis, Number value) {
    return new Setting(
        id + axis.axis().inId(value), label + axis.axis().inLabel(value), axis.set(spec, value));
  }

  /** Lists of the same name are told apart by their part's. */
  private static List<GridAxis> axes(Method method) {
    List<GridAxis> all =
        MethodParts.of(method).stream().flatMap(part -> part.axes(method).stream()).toList();
    return all.stream().map(axis -> isAlone(axis, all) ? axis : axis.qualified()).toList();
  }

  private static boolean isAlone(GridAxis axis, List<GridAxis> all) {
    return all.stream()
            .filter(one -> one.axis().varies() && one.axis().id().equals(axis.axis().id()))
            .count()
        <= 1;
  }
}
