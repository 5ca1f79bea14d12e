package dev.kedge.data.overlap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Looks for what sets have in common: first the copies, then what is nearly alike. */
final class OverlapSearch<S extends Samples> {
  /**
   * Of each set so many of a sample's candidates are looked at, those that share most first: what
   * is nearly alike may be missed behind them.
   */
  private static final int LOOKED_AT = 8;

  private static final int STEP = 64;

  private final List<ComparedSet<S>> sets;
  private final Numbering<S> numbering;
  private final Likeness likeness;
  private final Overlaps.Progress progress;
  private final Map<Integer, int[]> near = new HashMap<>();
  private Copies copies;
  private long ticks;

  OverlapSearch(
      List<ComparedSet<S>> sets,
      Numbering<S> numbering,
      Likeness likeness,
      Overlaps.Progress progress) {
    this.sets = sets;
    this.numbering = numbering;
    this.likeness = likeness;
    this.progress = progress;
  }

  Overlaps search() {
    long[] contents = new long[numbering.size()];
    for (int sample = 0; sample < contents.length; sample++) {
      tell(sample);
      contents[sample] = likeness.add(sample);
    }
    copies = Copies.of(contents);
    likeness.complete(copies);
    for (int sample = 0; sample < contents.length; sample++) {
      tell(contents.length + sample);
      if (copies.isFirst(sample)) {
        confirm(sample);
      }
    }
    return new Overlaps(within(), between(), likeness.tooManyWords());
  }

  private void tell(int steps) {
    if (steps % STEP == 0) {
      progress.done(steps, 2 * numbering.size());
    }
  }

  /** Only where sets of different fields are compared: a step that is not counted. */
  private void tick() {
    if (++ticks % STEP == 0) {
      progress.done(2 * numbering.size(), 2 * numbering.size());
    }
  }

  private void confirm(int sample) {
    int[] lookedAt = new int[sets.size()];
    int[] confirmed =
        IntStream.of(likeness.candidates(sample))
            .filter(other -> lookedAt[numbering.set(other)]++ < LOOKED_AT)
            .filter(other -> likeness.isNear(sample, other))
            .toArray();
    if (confirmed.length > 0) {
      near.put(sample, confirmed);
    }
  }

  private List<Overlaps.Within> within() {
    return IntStream.range(0, sets.size())
        .mapToObj(
            set ->
                new Overlaps.Within(
                    sets.get(set),
                    matches(set, sample -> earlierCopy(sample, set)),
                    matches(
                        set,
                        sample ->
                            earlierCopy(sample, set).isPresent()
                                ? OptionalInt.empty()
                                : nearOne(sample, set))))
        .toList();
  }

  private List<Overlaps.Between> between() {
    List<Overlaps.Between> pairs = new ArrayList<>();
    for (int set = 0; set < sets.size(); set++) {
      for (int other = 0; other < sets.size(); other++) {
        if (sets.get(set).purpose().isSpoiltBy(sets.get(other).purpose())) {
          pairs.add(between(set, other));
        }
      }
    }
    return pairs;
  }

  private Overlaps.Between between(int set, int other) {
    SharedFields shared = likeness.shared(set, other, this::tick);
    return new Overlaps.Between(
        sets.get(set),
        sets.get(other),
        matches(set, sample -> exactOne(sample, other, shared)),
        matches(set, sample -> nearOneOnly(sample, other, shared)));
  }

  private OptionalInt exactOne(int sample, int set, SharedFields shared) {
    if (!likeness.isTelling(sample)) {
      return OptionalInt.empty();
    }
    OptionalInt copy = copy(sample, set);
    return copy.isPresent() ? copy : number(shared.whole(numbering.place(sample)), set);
  }

  private OptionalInt nearOneOnly(int sample, int set, SharedFields shared) {
    if (exactOne(sample, set, shared).isPresent()) {
      return OptionalInt.empty();
    }
    OptionalInt copy = copy(sample, set);
    if (copy.isPresent()) {
      return copy;
    }
    OptionalInt near = nearOne(sample, set);
    return near.isPresent() ? near : number(shared.part(numbering.place(sample)), set);
  }

  private OptionalInt number(OptionalInt place, int set) {
    return place.isPresent()
        ? OptionalInt.of(numbering.start(set) + place.getAsInt())
        : OptionalInt.empty();
  }

  private OptionalInt earlierCopy(int sample, int set) {
    OptionalInt first = copy(sample, set);
    return first.getAsInt() == sample ? OptionalInt.empty() : first;
  }

  /** The first sample of a set that is this one. */
  private OptionalInt copy(int sample, int set) {
    return copies
        .all(sample)
        .filter(one -> one >= numbering.start(set) && one < numbering.end(set))
        .findFirst();
  }

  /** A sample of a set that this one is nearly. */
  private OptionalInt nearOne(int sample, int set) {
    return IntStream.of(near.getOrDefault(copies.first(sample), new int[0]))
        .mapToObj(other -> copy(other, set))
        .flatMapToInt(OptionalInt::stream)
        .findFirst();
  }

  private Matches matches(int set, IntFunction<OptionalInt> partner) {
    List<String> samples = new ArrayList<>();
    List<String> partners = new ArrayList<>();
    for (int sample = numbering.start(set); sample < numbering.end(set); sample++) {
      OptionalInt found = partner.apply(sample);
      if (found.isPresent()) {
        samples.add(numbering.id(sample));
        partners.add(numbering.id(found.getAsInt()));
      }
    }
    return new Matches(samples, partners);
  }
}
