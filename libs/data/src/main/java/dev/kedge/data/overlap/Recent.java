package dev.kedge.data.overlap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** What was made of the samples that were asked for last. */
final class Recent<V> {
  private final Map<Integer, V> kept;
  private final IntFunction<V> make;

  Recent(int most, IntFunction<V> make) {
    this.make = make;
    this.kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Integer, V> eldest) {
            return size() > most;
          }
        };
  }

  V get(int sample) {
    V found = kept.get(sample);
    if (found == null) {
      found = make.apply(sample);
      kept.put(sample, found);
    }
    return found;
  }
}
