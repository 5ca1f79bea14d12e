package dev.kedge.training;

import dev.kedge.models.clip.Clip;
import dev.kedge.models.clip.ClipTensors;
import dev.kedge.models.text.CaptionTemplates;
import dev.kedge.models.torch.Scope;
import dev.kedge.models.torch.Weights;
import dev.kedge.models.train.ImageCaptionContrast;
import dev.kedge.models.train.RunMemory;
import dev.kedge.stage.StageContext;
import dev.kedge.stage.v1.Contrastive;
import dev.kedge.stage.v1.TrainSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Plans training of both towers on images and captions. */
record ContrastivePlanner(
    TrainSpec spec, StageContext context, Scope scope, MicroBatch microBatch) {
  TrainingPlan plan() throws IOException {
    requireFull();
    List<CaptionSource> sources = sources();
    Stream<String> texts = sources.stream().flatMap(CaptionSource::texts);
    return StartingPoint.plan(
        TrainingPlan.model(spec, context, texts), model -> plan(model, sources));
  }

  private TrainingPlan plan(StartingModel model, List<CaptionSource> sources) throws IOException {
    requireMemory(model, sources.stream().mapToInt(CaptionSource::count).sum());
    Weights weights = TrainingPlan.weights(model, scope);
    CaptionTask task = task(model, sources);
    List<Phase> phases = new MethodPhases<>(task, spec, context, scope).all();
    return new TrainingPlan(model, weights, Optional.empty(), task, phases);
  }

  private void requireMemory(StartingModel model, int captions) {
    RunSize run = microBatch.run();
    Map<String, long[]> shapes = ClipTensors.of(model.config());
    RunMemory memory = run.of(shapes, List.copyOf(shapes.keySet()), false);
    microBatch.whole(memory, model.config(), captions);
  }

  private void requireFull() {
    List<String> method = Methods.names(spec.getMethod());
    if (!method.equals(List.of("full"))) {
      throw new IllegalArgumentException(
          "contrastive training knows the method full only, not " + method);
    }
  }

  private List<CaptionSource> sources() {
    List<CaptionSource> sources = new ArrayList<>();
    for (Contrastive.Source source : spec.getContrastive().getSourcesList()) {
      sources.add(
          new CaptionSource(
              new DataParts(context).open(source.getData()),
              new CaptionTemplates(source.getCaptionsList())));
    }
    return sources;
  }

  private CaptionTask task(StartingModel model, List<CaptionSource> sources) {
    return new CaptionTask(
        new ImageCaptionContrast(new Clip(model.config(), spec.getOptimisation().getRecompute())),
        DataParts.pictures(
            model.preprocessing(), sources.stream().map(CaptionSource::part).toList()),
        sources.stream().map(source -> source.choice(model::ids)).toList());
  }
}
