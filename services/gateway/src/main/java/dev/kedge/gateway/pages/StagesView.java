package dev.kedge.gateway.pages;

import dev.kedge.v1.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Some of an experiment's stages.
 *
 * @param all every one of them
 * @param kind the one that is asked for; empty for all
 * @param state likewise
 * @param column of the graph, from 1, likewise
 */
public record StagesView(List<StageView> all, String kind, String state, String column) {
  /** Those that are asked for. */
  public List<StageView> shown() {
    Map<String, Integer> depths = StageGraph.depths(all);
    return all.stream()
        .filter(view -> kind.isEmpty() || view.stage().getKind().equals(kind))
        .filter(view -> state.isEmpty() || view.stage().getState().name().equals(state))
        .filter(
            view ->
                column.isEmpty()
                    || column.equals(Integer.toString(depths.get(view.stage().getId()) + 1)))
        .toList();
  }

  /** What can be asked for. */
  public List<String> kinds() {
    return all.stream().map(view -> view.stage().getKind()).distinct().toList();
  }

  /** What can be asked for. */
  public List<String> states() {
    return Arrays.stream(Stage.State.values())
        .filter(state -> state != Stage.State.STATE_UNSPECIFIED)
        .filter(state -> state != Stage.State.UNRECOGNIZED)
        .map(Enum::name)
        .toList();
  }
}
