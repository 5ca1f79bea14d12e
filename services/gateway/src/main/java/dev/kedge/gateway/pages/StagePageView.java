package dev.kedge.gateway.pages;

import dev.kedge.gateway.name.StageName;
import java.util.List;
import java.util.SortedMap;

/**
 * A stage's page.
 *
 * @param view the stage
 * @param experiment its experiment
 * @param operates whether the reader may do something with it as it is
 * @param parameters what can be changed on a retry, with its value in JSON
 * @param loss what would be given up with it, for people; empty where there is nothing
 */
public record StagePageView(
    StageView view,
    ExperimentView experiment,
    boolean operates,
    SortedMap<String, String> parameters,
    String loss,
    List<Curve> curves,
    List<LineView> lines,
    StageFacts facts) {
  /** Its own name. */
  public String id() {
    return StageName.parse(view.stage().getName()).stage();
  }
}
