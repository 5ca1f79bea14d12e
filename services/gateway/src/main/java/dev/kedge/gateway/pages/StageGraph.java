package dev.kedge.gateway.pages;

import dev.kedge.v1.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stages as a picture: from left to right by what they wait for, with lines from what each one
 * needs. Many of a kind side by side are drawn as one.
 *
 * @param width pixels
 * @param height pixels
 */
public record StageGraph(int width, int height, List<Node> nodes, List<Line> lines) {
  private static final int MOST_ALONE = 6;
  static final int WIDTH = 150;
  static final int HEIGHT = 44;
  static final int COLUMN = WIDTH + 28;
  static final int ROW = HEIGHT + 12;
  static final int EDGE = 4;
  private static final int LONGEST_LABEL = 20;

  /** Those in which somebody has to act come first. */
  private static final List<Stage.State> BY_URGENCY =
      List.of(
          Stage.State.PARKED,
          Stage.State.RUNNING,
          Stage.State.CANCELLED,
          Stage.State.WAITING,
          Stage.State.SKIPPED,
          Stage.State.SUCCEEDED);

  /**
   * A stage, or many of a kind.
   *
   * @param path where it leads
   * @param label its id, or how many of which kind
   * @param title the whole of it, for a pointer and for who cannot see
   * @param state for the style sheet
   * @param detail kind and progress
   * @param bar pixels of the bar that shows how much is done
   */
  public record Node(
      String path, String label, String title, String state, String detail, int x, int y, int bar) {
    /** Pixels. */
    public int width() {
      return WIDTH;
    }

    /** Pixels. */
    public int height() {
      return HEIGHT;
    }
  }

  /**
   * From what is needed to what needs it.
   *
   * @param path of SVG
   */
  public record Line(String path) {}

  /** Lays stages out, which are in an order in which each comes after those that it needs. */
  static StageGraph of(String experiment, List<StageView> stages) {
    Map<String, Integer> depths = depths(stages);
    Map<String, List<StageView>> boxes = boxes(stages, depths);
    Map<String, String> boxOf = new LinkedHashMap<>();
    boxes.forEach((box, members) -> members.forEach(one -> boxOf.put(one.stage().getId(), box)));
    Map<String, TreeSet<String>> needs = needs(boxes, boxOf);

    Map<Integer, List<String>> columns = new TreeMap<>();
    boxes.forEach(
        (box, members) ->
            columns
                .computeIfAbsent(
                    depths.get(members.get(0).stage().getId()), any -> new ArrayList<>())
                .add(box));
    Map<String, Place> places = places(columns, needs);

    List<Node> nodes = new ArrayList<>();
    boxes.forEach((box, members) -> nodes.add(node(experiment, members, places.get(box))));
    List<Integer> rows = columns.values().stream().map(List::size).toList();
    StageLines drawing = new StageLines(rows);
    List<Line> lines = new ArrayList<>();
    needs.forEach(
        (box, sources) ->
            sources.forEach(
                source -> lines.add(drawing.between(places.get(source), places.get(box)))));
    return new StageGraph(
        columns.size() * COLUMN - (COLUMN - WIDTH) + 2 * EDGE,
        rows.stream().mapToInt(Integer::intValue).max().orElse(0) * ROW + EDGE,
        nodes,
        lines);
  }

  /** How many stages one after the other come before each: the column that it is in, from 0. */
  static Map<String, Integer> depths(List<StageView> stages) {
    Map<String, Integer> depths = new LinkedHashMap<>();
    for (StageView view : stages) {
      int depth =
          Stream.concat(view.stage().getNeedsList().stream(), view.stage().getAfterList().stream())
              .mapToInt(needed -> 1 + depths.getOrDefault(needed, -1))
              .max()
              .orElse(0);
      depths.put(view.stage().getId(), depth);
    }
    return depths;
  }

  /** Those that come first are first. */
  private static Map<String, List<StageView>> boxes(
      List<StageView> stages, Map<String, Integer> depths) {
    Map<String, List<StageView>> together =
        stages.stream()
            .sorted(Comparator.comparing(view -> depths.get(view.stage().getId())))
            .collect(
                Collectors.groupingBy(
                    view -> depths.get(view.stage().getId()) + " " + view.stage().getKind(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    Map<String, List<StageView>> boxes = new LinkedHashMap<>();
    together.forEach(
        (box, members) -> {
          if (members.size() > MOST_ALONE) {
            boxes.put(box, members);
          } else {
            members.forEach(one -> boxes.put(one.stage().getId(), List.of(one)));
          }
        });
    return boxes;
  }

  /**
   * What each box waits for directly: what another one of them waits for in turn goes without
   * saying.
   */
  private static Map<String, TreeSet<String>> needs(
      Map<String, List<StageView>> boxes, Map<String, String> boxOf) {
    Map<String, TreeSet<String>> direct = new LinkedHashMap<>();
    Map<String, Set<String>> all = new LinkedHashMap<>();
    boxes.forEach(
        (box, members) -> {
          TreeSet<String> needs =
              members.stream()
                  .flatMap(StageGraph::before)
                  .filter(boxOf::containsKey)
                  .map(boxOf::get)
                  .filter(source -> !source.equals(box))
                  .collect(Collectors.toCollection(TreeSet::new));
          Set<String> further = new HashSet<>();
          needs.forEach(source -> further.addAll(all.getOrDefault(source, Set.of())));
          Set<String> reached = new HashSet<>(further);
          reached.addAll(needs);
          all.put(box, reached);
          needs.removeAll(further);
          direct.put(box, needs);
        });
    return direct;
  }

  /** What a stage waits for, whether it reads it or not. */
  private static Stream<String> before(StageView view) {
    return Stream.concat(
        view.stage().getNeedsList().stream(), view.stage().getAfterList().stream());
  }

  /** Of a box. */
  record Place(int column, int row) {
    int x() {
      return EDGE + column * COLUMN;
    }

    int y() {
      return EDGE + row * ROW;
    }
  }

  /** Within a column, by the rows of what is needed, so that few lines cross. */
  private static Map<String, Place> places(
      Map<Integer, List<String>> columns, Map<String, TreeSet<String>> needs) {
    Map<String, Place> places = new LinkedHashMap<>();
    int column = 0;
    for (List<String> boxes : columns.values()) {
      List<String> ordered = new ArrayList<>(boxes);
      ordered.sort(
          Comparator.comparingDouble(
              box ->
                  needs.get(box).stream()
                      .mapToInt(source -> places.get(source).row())
                      .average()
                      .orElse(0)));
      for (int row = 0; row < ordered.size(); row++) {
        places.put(ordered.get(row), new Place(column, row));
      }
      column++;
    }
    return places;
  }

  private static Node node(String experiment, List<StageView> members, Place place) {
    StageView first = members.get(0);
    Stage.State state =
        BY_URGENCY.stream()
            .filter(one -> members.stream().anyMatch(view -> view.stage().getState() == one))
            .findFirst()
            .orElse(first.stage().getState());
    double share =
        members.stream().mapToDouble(view -> view.share().orElse(0.0)).sum() / members.size();
    boolean alone = members.size() == 1;
    String label = alone ? first.stage().getId() : members.size() + " × " + first.stage().getKind();
    String detail = alone ? first.stage().getKind() + " · " + standing(first) : over(members);
    String path =
        alone
            ? first.path()
            : "/%s/stages?kind=%s&column=%d"
                .formatted(experiment, first.stage().getKind(), place.column() + 1);
    return new Node(
        path,
        shortened(label),
        label + ": " + (alone ? detail : counts(members)),
        state.name().toLowerCase(Locale.ROOT),
        detail,
        place.x(),
        place.y(),
        (int) Math.round(share * WIDTH));
  }

  private static String standing(StageView view) {
    return view.done().isEmpty() ? view.word() : Math.round(100 * view.share().orElse(0.0)) + "%";
  }

  /** What fits into a box: how many are over, and the most urgent of the others. */
  private static String over(List<StageView> members) {
    String over =
        "%d of %d"
            .formatted(in(members, Stage.State.SUCCEEDED, Stage.State.SKIPPED), members.size());
    return Stream.of(Stage.State.PARKED, Stage.State.RUNNING)
        .filter(state -> in(members, state) > 0)
        .map(state -> " · " + in(members, state) + " " + state.name().toLowerCase(Locale.ROOT))
        .findFirst()
        .map(urgent -> over + urgent)
        .orElse(over + " done");
  }

  private static long in(List<StageView> members, Stage.State... states) {
    return members.stream()
        .filter(view -> List.of(states).contains(view.stage().getState()))
        .count();
  }

  private static String counts(List<StageView> members) {
    return members.stream()
        .collect(Collectors.groupingBy(StageView::state, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  /** The end of an id tells more than its middle. */
  private static String shortened(String label) {
    int half = LONGEST_LABEL / 2;
    return label.length() <= LONGEST_LABEL
        ? label
        : label.substring(0, half) + "…" + label.substring(label.length() - half + 1);
  }
}
