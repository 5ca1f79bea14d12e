package dev.kedge.cli.view;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import dev.kedge.v1.CompareExperimentsResponse;
import dev.kedge.v1.ComparedExperiment;
import dev.kedge.v1.ComparedPoint;
import dev.kedge.v1.ComparedStage;
import dev.kedge.v1.ComparedTest;
import dev.kedge.v1.ComparedValues;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The answers of two experiments, point by point, and how the work behind them differs. */
public record SideBySide(CompareExperimentsResponse both) {
  private static final String NOTHING = "–";
  private static final int MOST_NAMED = 8;

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
    return Stream.of(Map.entry("A", both.getA()), Map.entry("B", both.getB()))
        .map(
            side ->
                "%s  %s  %s"
                    .formatted(
                        side.getKey(),
                        id(side.getValue().getExperiment()),
                        Visible.line(side.getValue().getDisplayName())))
        .collect(joining("\n"));
  }

  private static String id(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private Table points() {
    Figures speciality = Figures.of(both.getA().getSpecialityScale());
    Figures generality = Figures.of(both.getA().getGeneralityScale());
    Figures otherSpeciality = Figures.of(both.getB().getSpecialityScale());
    Figures otherGenerality = Figures.of(both.getB().getGeneralityScale());
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
    for (ComparedPoint point : both.getPointsList()) {
      ComparedValues a = point.getA();
      ComparedValues b = point.getB();
      table.row(
          point.getLabel(),
          speciality.value(a.hasSpeciality(), a.getSpeciality()),
          otherSpeciality.value(b.hasSpeciality(), b.getSpeciality()),
          point.hasSpecialityDifference()
              ? speciality.signed(point.getSpecialityDifference())
              : NOTHING,
          generality.value(a.hasGenerality(), a.getGenerality()),
          otherGenerality.value(b.hasGenerality(), b.getGenerality()),
          point.hasGeneralityDifference()
              ? generality.signed(point.getGeneralityDifference())
              : NOTHING,
          marks(a, b));
    }
    return table;
  }

  private static String marks(ComparedValues a, ComparedValues b) {
    String marks = (a.getRecommended() ? "A" : "") + (b.getRecommended() ? "B" : "");
    return marks.isEmpty() ? "" : "← " + marks;
  }

  /** What a reader must know. */
  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add("←  recommended in A, in B");
    notes.add(
        "B − A  unpaired: two means, each with the interval of its own report. No test stands behind"
            + " a difference; for one, put both into one experiment.");
    addIfAny(notes, "tests that A alone has", tests(both.getA()));
    addIfAny(notes, "tests that B alone has", tests(both.getB()));
    addIfAny(
        notes,
        "of the same name, and yet other data or another model",
        both.getChangedInputsList());
    if (!areInOneUnit()) {
      notes.add("-  measured in other units: such values have no difference");
    }
    return notes;
  }

  private boolean areInOneUnit() {
    return Figures.of(both.getA().getSpecialityScale())
            == Figures.of(both.getB().getSpecialityScale())
        && Figures.of(both.getA().getGeneralityScale())
            == Figures.of(both.getB().getGeneralityScale());
  }

  private static List<String> tests(ComparedExperiment side) {
    return side.getTestsAloneList().stream().map(SideBySide::test).toList();
  }

  private static String test(ComparedTest test) {
    return "%s (%s)".formatted(test.getSuite(), test.getRole());
  }

  private static void addIfAny(List<String> notes, String what, Collection<String> names) {
    if (!names.isEmpty()) {
      notes.add("-  %s: %s".formatted(what, named(names)));
    }
  }

  private static String named(Collection<String> names) {
    String some = names.stream().limit(MOST_NAMED).collect(joining(", "));
    return names.size() <= MOST_NAMED
        ? some
        : "%s and %d more".formatted(some, names.size() - MOST_NAMED);
  }

  private String stages() {
    return Stream.of(
            "STAGES",
            "the same work in both (equal keys): "
                + counts(new TreeMap<>(both.getSharedStagesMap())),
            "A alone: " + alone(both.getA()),
            "B alone: " + alone(both.getB()))
        .collect(joining("\n"));
  }

  private static String alone(ComparedExperiment side) {
    List<ComparedStage> stages = side.getStagesAloneList();
    return stages.isEmpty()
        ? "none"
        : "%s%n  %s"
            .formatted(
                counts(
                    stages.stream()
                        .collect(groupingBy(ComparedStage::getKind, TreeMap::new, counting()))),
                named(stages.stream().map(ComparedStage::getId).toList()));
  }

  /** By kind, for example {@code 6 EVALUATE, 3 TRAIN}. */
  private static String counts(Map<String, ? extends Number> kinds) {
    return kinds.isEmpty()
        ? "none"
        : kinds.entrySet().stream()
            .map(kind -> kind.getValue() + " " + kind.getKey())
            .collect(joining(", "));
  }
}
