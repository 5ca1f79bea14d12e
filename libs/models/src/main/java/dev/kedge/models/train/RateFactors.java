package dev.kedge.models.train;

import dev.kedge.tensors.NameGlob;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Factors on the learning rate of some tensors. Where several globs match, the last one holds;
 * where none does, the factor is 1.
 */
public record RateFactors(List<Factor> factors) {
  private static final int NEAREST = 6;

  /** One rate for all. */
  public static final RateFactors NONE = new RateFactors(List.of());

  public RateFactors {
    factors = List.copyOf(factors);
  }

  /**
   * A factor for the tensors of a name.
   *
   * @param glob over whole tensor names; {@code *} stands for any characters, dots too, {@code ?}
   *     for one
   * @param factor at least 0; 0 keeps the tensor as it is
   */
  public record Factor(String glob, double factor) {
    public Factor {
      if (!(factor >= 0)) {
        throw new IllegalArgumentException(
            "the rate factor of '%s' must be at least 0, not %s".formatted(glob, factor));
      }
    }

    private boolean holds(String name) {
      return NameGlob.fits(glob, name);
    }

    /** The names that have most of the glob's pairs of letters, with the number of the others. */
    private String nearest(Collection<String> names) {
      ToLongFunction<String> likeness =
          name ->
              IntStream.range(0, Math.max(0, glob.length() - 1))
                  .mapToObj(at -> glob.substring(at, at + 2))
                  .filter(name::contains)
                  .count();
      String near =
          names.stream()
              .sorted(Comparator.comparingLong(likeness).reversed())
              .limit(NEAREST)
              .collect(Collectors.joining(", "));
      int more = names.size() - NEAREST;
      return more > 0 ? "%s, and there are %d more".formatted(near, more) : near;
    }
  }

  /** The factor of a tensor; an adapter has its matrix's. */
  public double of(String name) {
    String weight = LowRank.adapted(name);
    return factors.stream()
        .filter(each -> each.holds(weight))
        .reduce((earlier, later) -> later)
        .map(Factor::factor)
        .orElse(1.0);
  }

  /**
   * Checks that every glob means something.
   *
   * @param names of all tensors that may train, also those that a method leaves as they are
   * @throws IllegalArgumentException if a glob matches none of them
   */
  public void requireIn(Collection<String> names) {
    for (Factor each : factors) {
      if (names.stream().noneMatch(each::holds)) {
        throw new IllegalArgumentException(
            "'%s' matches no tensor that trains; near it are %s"
                .formatted(each.glob(), each.nearest(names)));
      }
    }
  }

  /** Names by their factor. */
  Map<Double, List<String>> groups(Collection<String> names) {
    return names.stream()
        .collect(Collectors.groupingBy(this::of, LinkedHashMap::new, Collectors.toList()));
  }
}
