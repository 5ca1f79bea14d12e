package dev.kedge.gateway.pages;

import dev.kedge.v1.Stage;
import java.util.Arrays;
import java.util.List;

/**
 * Some of an experiment's stages.
 *
 * @param all every one of them
 * @param kind the one that is asked for; empty for all
 * @param state likewise
 */
public record StagesView(List<StageView> all, String kind, String state) {
  /** Those that are asked for. */
  public List<StageView> shown() {
    return all.stream()
        .filter(view -> kind.isEmpty() || view.stage().getKind().equals(kind))
        .filter(view -> state.isEmpty() || view.stage().getState().name().equals(state))
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
