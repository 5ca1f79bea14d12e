package dev.kedge.dataprep;

import dev.kedge.data.overlap.ComparedSet;
import dev.kedge.data.overlap.Matches;
import dev.kedge.data.overlap.Overlaps;
import dev.kedge.v1.Overlap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What was found, told: to programs, to people, and as a refusal.
 *
 * @param allowed names of the tests that may have samples of other sets
 */
record OverlapFindings(Overlaps overlaps, Set<String> allowed) {
  private static final int EXAMPLES = 20;
  private static final int NAMED = 2;

  /** The contents of {@code overlap.json}. */
  Overlap message() {
    Overlap.Builder message = Overlap.newBuilder();
    overlaps.within().stream().map(this::message).forEach(message::addWithin);
    overlaps.between().stream().map(this::message).forEach(message::addBetween);
    return message.setTooManyWords(overlaps.tooManyWords()).build();
  }

  private Overlap.Within message(Overlaps.Within within) {
    return Overlap.Within.newBuilder()
        .setSet(within.set().name())
        .setPurpose(within.set().purpose().name())
        .setSamples(within.set().samples().size())
        .setExact(examples(within.exact()))
        .setNear(examples(within.near()))
        .build();
  }

  private Overlap.Between message(Overlaps.Between between) {
    return Overlap.Between.newBuilder()
        .setTested(between.tested().name())
        .setPurpose(between.tested().purpose().name())
        .setOther(between.other().name())
        .setOtherPurpose(between.other().purpose().name())
        .setExact(examples(between.exact()).addAllSamples(between.exact().samples()))
        .setNear(examples(between.near()).addAllSamples(between.near().samples()))
        .setAllowed(isAllowed(between))
        .build();
  }

  private static Overlap.Matches.Builder examples(Matches matches) {
    Overlap.Matches.Builder message = Overlap.Matches.newBuilder().setCount(matches.count());
    for (int i = 0; i < Math.min(EXAMPLES, matches.count()); i++) {
      message
          .addExamplesBuilder()
          .setSample(matches.samples().get(i))
          .setOther(matches.partners().get(i));
    }
    return message;
  }

  private boolean isAllowed(Overlaps.Between between) {
    return allowed.contains(between.tested().name());
  }

  /** Why the experiment may not go on; empty where it may. */
  Optional<String> refusal() {
    List<Overlaps.Between> refused =
        overlaps.between().stream()
            .filter(between -> between.exact().count() > 0 && !isAllowed(between))
            .toList();
    if (refused.isEmpty()) {
      return Optional.empty();
    }
    String found = refused.stream().map(OverlapFindings::exact).collect(Collectors.joining("; "));
    List<String> tests =
        refused.stream().map(between -> between.tested().name()).distinct().toList();
    return Optional.of(
        ("%s. Take them out of one of the two and import it again, or write"
                + " `allow_exact_overlap: true` into %s and launch the file again, or go on with"
                + " this experiment by `kedge retry EXPERIMENT overlap --set 'allowed=[%s]'`: the"
                + " report then also gives the results without them")
            .formatted(found, joined(tests.stream(), "`%s`", ", "), allowing(tests)));
  }

  /** The new value of the stage's parameter: it takes the place of the old one. */
  private String allowing(List<String> tests) {
    return joined(Stream.concat(allowed.stream().sorted(), tests.stream()), "\"%s\"", ",");
  }

  private static String joined(Stream<String> names, String each, String separator) {
    return names.map(each::formatted).collect(Collectors.joining(separator));
  }

  /** A line for everything that was found. */
  List<String> lines() {
    return Stream.of(
            notLookedFor().stream(),
            overlaps.within().stream().flatMap(OverlapFindings::lines),
            overlaps.between().stream().flatMap(OverlapFindings::lines))
        .flatMap(Function.identity())
        .toList();
  }

  private Optional<String> notLookedFor() {
    return overlaps.tooManyWords() == 0
        ? Optional.empty()
        : Optional.of(
            "nearly the same texts are not looked for: %,d words are more than this service's memory allows; give dataprep more memory"
                .formatted(overlaps.tooManyWords()));
  }

  private static Stream<String> lines(Overlaps.Within within) {
    return Stream.of(
            line(within.exact(), within.set(), "are earlier ones of it again"),
            line(within.near(), within.set(), "are nearly others of it"))
        .flatMap(Optional::stream);
  }

  private static Stream<String> lines(Overlaps.Between between) {
    return Stream.of(
            line(between.exact(), between.tested(), "are in " + named(between.other())),
            line(between.near(), between.tested(), "are nearly in " + named(between.other())))
        .flatMap(Optional::stream);
  }

  private static String exact(Overlaps.Between between) {
    return line(between.exact(), between.tested(), "are in " + named(between.other()))
        .orElseThrow();
  }

  private static Optional<String> line(Matches matches, ComparedSet<?> set, String what) {
    if (matches.count() == 0) {
      return Optional.empty();
    }
    String examples =
        IntStream.range(0, Math.min(NAMED, matches.count()))
            .mapToObj(
                i -> "%s is %s".formatted(matches.samples().get(i), matches.partners().get(i)))
            .collect(Collectors.joining(", "));
    return Optional.of(
        "%,d of %,d samples of %s %s: %s%s"
            .formatted(
                matches.count(),
                set.samples().size(),
                named(set),
                what,
                examples,
                matches.count() > NAMED ? ", …" : ""));
  }

  private static String named(ComparedSet<?> set) {
    return "`%s` (%s)".formatted(set.name(), set.purpose());
  }

  /** How much was found in all. */
  Map<String, Double> metrics() {
    return Map.of(
        "exact", sum(overlaps.between().stream().map(Overlaps.Between::exact)),
        "near", sum(overlaps.between().stream().map(Overlaps.Between::near)),
        "exact_within", sum(overlaps.within().stream().map(Overlaps.Within::exact)),
        "near_within", sum(overlaps.within().stream().map(Overlaps.Within::near)));
  }

  private static double sum(Stream<Matches> matches) {
    return matches.mapToInt(Matches::count).sum();
  }
}
