package dev.kedge.models.train;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Factors on the learning rate of some tensors. Where several globs match, the last one holds;
 * where none does, the factor is 1.
 */
public record RateFactors(List<Factor> factors) {
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
      String regex = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
      return name.matches(regex);
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
            "rate_factors: '%s' matches no tensor that trains; there is %s"
                .formatted(each.glob(), names));
      }
    }
  }

  /** Names by their factor. */
  Map<Double, List<String>> groups(Collection<String> names) {
    return names.stream()
        .collect(Collectors.groupingBy(this::of, LinkedHashMap::new, Collectors.toList()));
  }
}
