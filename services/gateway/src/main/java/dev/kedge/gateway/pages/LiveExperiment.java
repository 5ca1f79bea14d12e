package dev.kedge.gateway.pages;

import com.google.protobuf.util.Timestamps;
import dev.kedge.gateway.experiments.ExperimentStore;
import dev.kedge.gateway.experiments.StageOrigins;
import dev.kedge.gateway.name.ExperimentName;
import dev.kedge.gateway.watch.Watch;
import dev.kedge.gateway.watch.Watching;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.Stage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** An experiment's page as it goes on: its record, and what its stages say meanwhile. */
final class LiveExperiment implements LivePage {
  /** Further ones have their own pages. */
  private static final int MOST_PARKED = 8;

  private final ExperimentName name;
  private final ExperimentStore experiments;
  private final StageOrigins origins;
  private final boolean operates;
  private final Watch watch;
  private final LastWords said = new LastWords();
  private final Map<String, SortedMap<String, String>> parameters = new HashMap<>();

  /** Of the record as it was read last: each takes a plan to find out. */
  private final Map<String, String> losses = new HashMap<>();

  private ExperimentView view;
  private boolean over;

  /**
   * @param operates whether the reader may operate it
   */
  LiveExperiment(
      ExperimentName name,
      ExperimentStore experiments,
      Watching watching,
      StageOrigins origins,
      boolean operates) {
    this.name = name;
    this.experiments = experiments;
    this.origins = origins;
    this.operates = operates;
    Experiment experiment = experiments.get(name);
    this.watch = watching.watch(experiment, said::hear);
    refresh();
  }

  private void refresh() {
    Experiment experiment = experiments.get(name);
    said.see(experiment);
    boolean told = watch.tell(experiment);
    if (view != null && !experiment.equals(view.experiment())) {
      losses.clear();
    }
    view =
        new ExperimentView(
            experiment, experiment.getStagesList().stream().map(this::view).toList(), operates);
    over = told && view.isOver();
  }

  private StageView view(Stage stage) {
    return new StageView(stage, said.progress(stage));
  }

  ExperimentView view() {
    return view;
  }

  /** Those that wait for somebody, with what can be done. */
  List<ParkedView> parked() {
    return view.stages().stream()
        .filter(StageView::isParked)
        .limit(MOST_PARKED)
        .map(one -> new ParkedView(one, parameters(one.stage()), lines(one.stage()), loss(one)))
        .toList();
  }

  private SortedMap<String, String> parameters(Stage stage) {
    return parameters.computeIfAbsent(
        stage.getId() + " " + stage.getKey(), any -> origins.changeable(stage.getName()));
  }

  private String loss(StageView parked) {
    return losses.computeIfAbsent(parked.stage().getId(), any -> view.loss(parked));
  }

  /** Its last word is the error, which is shown already. */
  private List<LineView> lines(Stage stage) {
    return said.lines(stage).stream()
        .filter(line -> !line.text().endsWith(stage.getError().getMessage()))
        .toList();
  }

  @Override
  public Map<String, String> look() {
    refresh();
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("summary", Templates.summary(view).render());
    parts.put("actions", Templates.actions(view).render());
    parts.put("parked", Templates.parked(view, parked()).render());
    parts.put("graph", Templates.graph(view.graph()).render());
    parts.put("stages", Templates.rows(view.shown()).render());
    parts.put("operations", Templates.operations(view).render());
    return parts;
  }

  @Override
  public Optional<String> end() {
    return over ? Optional.of(version(view.experiment())) : Optional.empty();
  }

  /** Different after every change. */
  static String version(Experiment experiment) {
    return Timestamps.toString(experiment.getUpdateTime());
  }
}
