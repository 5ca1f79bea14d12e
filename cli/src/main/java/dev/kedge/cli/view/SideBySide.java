package dev.kedge.cli.view;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kedge.v1.Estimate;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Report;
import dev.kedge.v1.Scale;
import dev.kedge.v1.Stage;
import dev.kedge.v1.SuiteScore;
import dev.kedge.v1.TradeOffPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The answers of two experiments, point by point, and how the work behind them differs.
 *
 * <p>Reports hold means, not samples: the differences are unpaired, and nothing is tested.
 */
public final class SideBySide {
  private static final String NOTHING = "–";
  private static final int MOST_NAMED = 8;

  private final Side a;
  private final Side b;

  /**
   * One of the two.
   *
   * @param experiment with its stages
   * @param report what it answers
   */
  public record Side(Experiment experiment, Report report) {
    private Map<String, TradeOffPoint> points() {
      return report.getPointsList().stream()
          .collect(
              toMap(
                  TradeOffPoint::getLabel,
                  point -> point,
                  (first, second) -> first,
                  LinkedHashMap::new));
    }

    /** Tests that are reported, each with its role. */
    private Set<String> tests() {
      return report.getPointsList().stream()
          .flatMap(point -> point.getSuitesList().stream())
          .filter(suite -> suite.getUse().equals("REPORT"))
          .map(SideBySide::test)
          .collect(toSet());
    }

    private Set<String> keys() {
      return experiment.getStagesList().stream()
          .map(Stage::getKey)
          .filter(key -> !key.isEmpty())
          .collect(toSet());
    }
  }

  /** Two experiments, in the order in which they are shown. */
  public SideBySide(Side a, Side b) {
    this.a = a;
    this.b = b;
  }

  /** For people. */
  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add(head());
    parts.add(points().toString());
    parts.add(String.join("\n", notes()));
    parts.add(stages());
    return String.join("\n\n", parts);
  }

  private String head() {
    return Stream.of(Map.entry("A", a), Map.entry("B", b))
        .map(
            side ->
                "%s  %s  %s"
                    .formatted(
                        side.getKey(),
                        ExperimentView.id(side.getValue().experiment()),
                        side.getValue().experiment().getDisplayName()))
        .collect(joining("\n"));
  }

  private Table points() {
    Figures speciality = Figures.of(a.report().getSpecialityScale());
    Figures generality = Figures.of(a.report().getGeneralityScale());
    Figures otherSpeciality = Figures.of(b.report().getSpecialityScale());
    Figures otherGenerality = Figures.of(b.report().getGeneralityScale());
    var table =
        new Table(
            "POINT",
            ">A: SPECIALITY " + speciality.unit(),
            ">B: " + otherSpeciality.unit(),
            ">B − A",
            ">A: GENERALITY " + generality.unit(),
            ">B: " + otherGenerality.unit(),
            ">B − A",
            "");
    for (String label : labels()) {
      TradeOffPoint one = point(a, label);
      TradeOffPoint other = point(b, label);
      table.row(
          label,
          speciality.value(one.hasSpeciality(), one.getSpeciality()),
          otherSpeciality.value(other.hasSpeciality(), other.getSpeciality()),
          difference(
              speciality,
              areAlike(a.report().getSpecialityScale(), b.report().getSpecialityScale())
                  && one.hasSpeciality()
                  && other.hasSpeciality(),
              one.getSpeciality(),
              other.getSpeciality()),
          generality.value(one.hasGenerality(), one.getGenerality()),
          otherGenerality.value(other.hasGenerality(), other.getGenerality()),
          difference(
              generality,
              areAlike(a.report().getGeneralityScale(), b.report().getGeneralityScale())
                  && one.hasGenerality()
                  && other.hasGenerality(),
              one.getGenerality(),
              other.getGenerality()),
          marks(one, other));
    }
    return table;
  }

  /** Those of A, then those that B alone has. */
  private Set<String> labels() {
    Set<String> labels = new LinkedHashSet<>(a.points().keySet());
    labels.addAll(b.points().keySet());
    return labels;
  }

  private static TradeOffPoint point(Side side, String label) {
    return side.points().getOrDefault(label, TradeOffPoint.getDefaultInstance());
  }

  private static boolean areAlike(Scale one, Scale other) {
    return one.getLowerIsBetter() == other.getLowerIsBetter();
  }

  private static String difference(Figures figures, boolean known, Estimate one, Estimate other) {
    return known ? figures.signed(other.getValue() - one.getValue()) : NOTHING;
  }

  private static String marks(TradeOffPoint one, TradeOffPoint other) {
    if (!one.getRecommended() && !other.getRecommended()) {
      return "";
    }
    return "← " + (one.getRecommended() ? "A" : "") + (other.getRecommended() ? "B" : "");
  }

  /** What a reader must know. */
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add("←  recommended in A, in B");
    notes.add(
        "B − A  unpaired: two means, each with the interval of its own report. No test stands behind"
            + " a difference; for one, put both into one experiment.");
    addIfAny(notes, "tests that A alone has", without(a.tests(), b.tests()));
    addIfAny(notes, "tests that B alone has", without(b.tests(), a.tests()));
    addIfAny(notes, "of the same name, and yet other data or another model", changedInputs());
    if (!areAlike(a.report().getSpecialityScale(), b.report().getSpecialityScale())
        || !areAlike(a.report().getGeneralityScale(), b.report().getGeneralityScale())) {
      notes.add("-  measured in other units: such values have no difference");
    }
    return notes;
  }

  private static void addIfAny(List<String> notes, String what, Set<String> names) {
    if (!names.isEmpty()) {
      notes.add("-  %s: %s".formatted(what, named(names)));
    }
  }

  private static String test(SuiteScore suite) {
    return "%s (%s)".formatted(suite.getSuite(), suite.getRole());
  }

  private static Set<String> without(Set<String> some, Set<String> others) {
    Set<String> rest = new TreeSet<>(some);
    rest.removeAll(others);
    return rest;
  }

  private Set<String> changedInputs() {
    Map<String, String> others = b.report().getOrigin().getInputsMap();
    return a.report().getOrigin().getInputsMap().entrySet().stream()
        .filter(input -> others.containsKey(input.getKey()))
        .filter(input -> !others.get(input.getKey()).equals(input.getValue()))
        .map(Map.Entry::getKey)
        .collect(toCollection(TreeSet::new));
  }

  private static String named(Set<String> names) {
    String some = names.stream().limit(MOST_NAMED).collect(joining(", "));
    return names.size() <= MOST_NAMED
        ? some
        : "%s and %d more".formatted(some, names.size() - MOST_NAMED);
  }

  private String stages() {
    Set<String> shared = shared();
    return Stream.of(
            "STAGES",
            "the same work in both (equal keys): "
                + counts(
                    a.experiment().getStagesList().stream()
                        .filter(stage -> shared.contains(stage.getKey()))
                        .toList()),
            "A alone: " + alone(a),
            "B alone: " + alone(b))
        .collect(joining("\n"));
  }

  private Set<String> shared() {
    Set<String> shared = new TreeSet<>(a.keys());
    shared.retainAll(b.keys());
    return shared;
  }

  private List<Stage> different(Side side) {
    Set<String> shared = shared();
    return side.experiment().getStagesList().stream()
        .filter(stage -> !shared.contains(stage.getKey()))
        .toList();
  }

  private String alone(Side side) {
    List<Stage> stages = different(side);
    Set<String> ids = new LinkedHashSet<>(stages.stream().map(Stage::getId).toList());
    return stages.isEmpty() ? "none" : "%s%n  %s".formatted(counts(stages), named(ids));
  }

  /** By kind, for example {@code 3 TRAIN, 6 EVALUATE}. */
  private static String counts(List<Stage> stages) {
    Map<String, Long> kinds =
        stages.stream().collect(groupingBy(Stage::getKind, TreeMap::new, counting()));
    return kinds.isEmpty()
        ? "none"
        : kinds.entrySet().stream()
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(joining(", "));
  }

  /** For programs: {@code {"a", "b", "points": [{"label", "a", "b"}], "stages": …}}. */
  public String json() {
    var whole = new JsonObject();
    whole.addProperty("a", a.experiment().getName());
    whole.addProperty("b", b.experiment().getName());
    whole.addProperty("paired", false);
    var points = new JsonArray();
    for (String label : labels()) {
      var point = new JsonObject();
      point.addProperty("label", label);
      point.add("a", values(a, label));
      point.add("b", values(b, label));
      points.add(point);
    }
    whole.add("points", points);
    var stages = new JsonObject();
    stages.addProperty("shared", shared().size());
    stages.add("a", ids(a));
    stages.add("b", ids(b));
    whole.add("stages", stages);
    return Json.pretty(whole);
  }

  private static JsonObject values(Side side, String label) {
    TradeOffPoint point = point(side, label);
    var values = new JsonObject();
    if (point.hasSpeciality()) {
      values.addProperty("speciality", point.getSpeciality().getValue());
    }
    if (point.hasGenerality()) {
      values.addProperty("generality", point.getGenerality().getValue());
    }
    return values;
  }

  private JsonArray ids(Side side) {
    var ids = new JsonArray();
    different(side).forEach(stage -> ids.add(stage.getId()));
    return ids;
  }
}
