package dev.kedge.tensors;

import java.util.List;

/**
 * Tensors chosen by name.
 *
 * @param include patterns, one of which must fit; {@code *} stands for any characters, {@code ?}
 *     for one
 * @param exclude patterns, none of which may fit
 */
public record NameFilter(List<String> include, List<String> exclude) {
  public NameFilter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** Whether a tensor is chosen. */
  public boolean fits(String tensor) {
    return include.stream().anyMatch(glob -> NameGlob.fits(glob, tensor))
        && exclude.stream().noneMatch(glob -> NameGlob.fits(glob, tensor));
  }
}
