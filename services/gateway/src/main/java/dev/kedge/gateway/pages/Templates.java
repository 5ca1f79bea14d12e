package dev.kedge.gateway.pages;

import dev.kedge.gateway.pages.Frames.Frame;
import dev.kedge.gateway.pages.PageErrors.Problem;
import dev.kedge.v1.CheckSystemResponse;
import dev.kedge.v1.ListDatasetsResponse;
import dev.kedge.v1.ListModelsResponse;
import dev.kedge.v1.ModelVersion;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The templates, each with what it is given. */
@CheckedTemplate(basePath = "")
final class Templates {
  private Templates() {}

  static native TemplateInstance experiments(Frame frame, ListView list);

  /** The part of {@link #experiments} that changes. */
  static native TemplateInstance list(ListView list);

  static native TemplateInstance experiment(
      Frame frame, ExperimentView view, List<ParkedView> parked, String file);

  static native TemplateInstance summary(ExperimentView view);

  static native TemplateInstance actions(ExperimentView view);

  static native TemplateInstance parked(ExperimentView view, List<ParkedView> parked);

  static native TemplateInstance graph(StageGraph graph);

  static native TemplateInstance rows(List<StageView> stages);

  static native TemplateInstance operations(ExperimentView view);

  static native TemplateInstance stages(Frame frame, ExperimentView view, StagesView stages);

  static native TemplateInstance stage(Frame frame, StagePageView page);

  static native TemplateInstance standing(StageView view);

  static native TemplateInstance mending(StagePageView page);

  static native TemplateInstance facts(StageFacts facts);

  static native TemplateInstance curves(List<Curve> curves);

  static native TemplateInstance log(List<LineView> lines);

  static native TemplateInstance report(Frame frame, ExperimentView view, RawString report);

  static native TemplateInstance point(Frame frame, PointPageView page);

  static native TemplateInstance compare(Frame frame, ComparisonView view);

  static native TemplateInstance queue(Frame frame, QueueView queue, CheckSystemResponse found);

  /** The part of {@link #queue} that changes. */
  static native TemplateInstance lanes(QueueView queue);

  static native TemplateInstance models(Frame frame, ListModelsResponse list);

  static native TemplateInstance model(Frame frame, String id, List<ModelVersion> versions);

  static native TemplateInstance datasets(Frame frame, ListDatasetsResponse list);

  static native TemplateInstance dataset(Frame frame, String id, List<DatasetView> versions);

  /**
   * @param issuer where it ends its own session; empty where nobody knows
   */
  static native TemplateInstance signedout(Frame frame, String issuer);

  static native TemplateInstance problem(Frame frame, Problem problem);
}
