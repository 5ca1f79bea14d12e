package dev.kedge.gateway;

import com.google.protobuf.Empty;
import dev.kedge.gateway.experiments.Comparisons;
import dev.kedge.gateway.experiments.Experiments;
import dev.kedge.gateway.experiments.Launching;
import dev.kedge.gateway.experiments.PlanPreview;
import dev.kedge.gateway.experiments.Reports;
import dev.kedge.gateway.experiments.SamplePredictions;
import dev.kedge.gateway.experiments.StageOrigins;
import dev.kedge.gateway.watch.Watching;
import dev.kedge.v1.CancelExperimentRequest;
import dev.kedge.v1.CompareExperimentsRequest;
import dev.kedge.v1.CompareExperimentsResponse;
import dev.kedge.v1.DeleteExperimentRequest;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.ForkExperimentRequest;
import dev.kedge.v1.GetExperimentRequest;
import dev.kedge.v1.GetReportRequest;
import dev.kedge.v1.GetReportResponse;
import dev.kedge.v1.GetStageRequest;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.ListExperimentsResponse;
import dev.kedge.v1.ListPredictionsRequest;
import dev.kedge.v1.ListPredictionsResponse;
import dev.kedge.v1.PauseExperimentRequest;
import dev.kedge.v1.PlanExperimentRequest;
import dev.kedge.v1.PlanExperimentResponse;
import dev.kedge.v1.ResumeExperimentRequest;
import dev.kedge.v1.RetryStageRequest;
import dev.kedge.v1.SkipStageRequest;
import dev.kedge.v1.Stage;
import dev.kedge.v1.WatchExperimentRequest;
import dev.kedge.v1.WatchExperimentResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** {@code kedge.v1.ExperimentService}. */
@GrpcService
@Blocking
public class ExperimentApi extends ExperimentServiceGrpc.ExperimentServiceImplBase {
  private final Launching launching;
  private final PlanPreview plans;
  private final Experiments experiments;
  private final StageOrigins stages;
  private final Watching watching;
  private final Reports reports;
  private final SamplePredictions predictions;
  private final Comparisons comparisons;

  ExperimentApi(
      Launching launching,
      PlanPreview plans,
      Experiments experiments,
      StageOrigins stages,
      Watching watching,
      Reports reports,
      SamplePredictions predictions,
      Comparisons comparisons) {
    this.launching = launching;
    this.plans = plans;
    this.experiments = experiments;
    this.stages = stages;
    this.watching = watching;
    this.reports = reports;
    this.predictions = predictions;
    this.comparisons = comparisons;
  }

  @Override
  public void launchExperiment(LaunchExperimentRequest request, StreamObserver<Experiment> to) {
    Answers.one(to, () -> launching.launch(request));
  }

  @Override
  public void planExperiment(
      PlanExperimentRequest request, StreamObserver<PlanExperimentResponse> to) {
    Answers.one(to, () -> plans.preview(request));
  }

  @Override
  public void getExperiment(GetExperimentRequest request, StreamObserver<Experiment> to) {
    Answers.one(to, () -> experiments.get(request.getName()));
  }

  @Override
  public void getStage(GetStageRequest request, StreamObserver<Stage> to) {
    Answers.one(to, () -> watching.withLastWords(stages.get(request.getName())));
  }

  @Override
  public void listExperiments(
      ListExperimentsRequest request, StreamObserver<ListExperimentsResponse> to) {
    Answers.one(to, () -> experiments.list(request));
  }

  @Override
  public void watchExperiment(
      WatchExperimentRequest request, StreamObserver<WatchExperimentResponse> to) {
    try {
      watching.follow(request, (ServerCallStreamObserver<WatchExperimentResponse>) to);
    } catch (RuntimeException e) {
      to.onError(Failures.toStatus(e));
    }
  }

  @Override
  public void cancelExperiment(CancelExperimentRequest request, StreamObserver<Experiment> to) {
    Answers.one(to, () -> experiments.cancel(request.getName()));
  }

  @Override
  public void pauseExperiment(PauseExperimentRequest request, StreamObserver<Experiment> to) {
    Answers.one(to, () -> experiments.pause(request.getName()));
  }

  @Override
  public void resumeExperiment(ResumeExperimentRequest request, StreamObserver<Experiment> to) {
    Answers.one(to, () -> experiments.resume(request));
  }

  @Override
  public void deleteExperiment(DeleteExperimentRequest request, StreamObserver<Empty> to) {
    Answers.one(
        to,
        () -> {
          experiments.delete(request.getName());
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void retryStage(RetryStageRequest request, StreamObserver<Experiment> to) {
    Answers.one(to, () -> experiments.retry(request));
  }

  @Override
  public void skipStage(SkipStageRequest request, StreamObserver<Experiment> to) {
    Answers.one(to, () -> experiments.skip(request));
  }

  @Override
  public void forkExperiment(ForkExperimentRequest request, StreamObserver<Experiment> to) {
    Answers.one(to, () -> launching.fork(request));
  }

  @Override
  public void getReport(GetReportRequest request, StreamObserver<GetReportResponse> to) {
    Answers.one(to, () -> reports.get(request));
  }

  @Override
  public void compareExperiments(
      CompareExperimentsRequest request, StreamObserver<CompareExperimentsResponse> to) {
    Answers.one(to, () -> comparisons.compare(request));
  }

  @Override
  public void listPredictions(
      ListPredictionsRequest request, StreamObserver<ListPredictionsResponse> to) {
    Answers.many(to, send -> predictions.list(request, send));
  }
}
