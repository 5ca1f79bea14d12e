package dev.kedge.stage;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the bits of a result depend on beside the spec: threads, device, instruction set,
 * micro-batch, library versions. Equal profiles and equal specs give equal digests.
 *
 * @param values name to value, for example {@code threads} to {@code 2}
 */
public record NumericsProfile(SortedMap<String, String> values) {
  /** Copies the values. */
  public NumericsProfile {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** Java and the processor's architecture: enough for work in plain Java. */
  public static NumericsProfile ofThisMachine() {
    return new NumericsProfile(
        new TreeMap<>(
            Map.of(
                "arch", System.getProperty("os.arch"),
                "java", System.getProperty("java.specification.version"))));
  }

  /** Whether all of the other's values are this one's, too. */
  public boolean includes(NumericsProfile other) {
    return values.entrySet().containsAll(other.values.entrySet());
  }

  /** Whether computing twice under it gives the same bits. A GPU may add in another order. */
  boolean repeats() {
    return !"cuda".equals(values.get("device"));
  }

  /** This profile with one more value. */
  public NumericsProfile with(String name, Object value) {
    return with(Map.of(name, value.toString()));
  }

  /** This profile with more values, by name. */
  public NumericsProfile with(Map<String, String> more) {
    var all = new TreeMap<>(values);
    all.putAll(more);
    return new NumericsProfile(all);
  }
}
