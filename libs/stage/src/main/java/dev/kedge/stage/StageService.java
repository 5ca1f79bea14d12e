package dev.kedge.stage;

import com.google.protobuf.util.Timestamps;
import dev.kedge.process.FreeSpace;
import dev.kedge.stage.v1.CancelRequest;
import dev.kedge.stage.v1.CancelResponse;
import dev.kedge.stage.v1.DescribeRequest;
import dev.kedge.stage.v1.DescribeResponse;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;

/** The stage API over gRPC, for all executors of this process. Never blocks. */
@GrpcService
public class StageService extends StageServiceGrpc.StageServiceImplBase {
  private final Stages stages;
  private final StageSettings settings;
  private final StageMetrics metrics;

  @Inject
  StageService(Stages stages, StageSettings settings, StageMetrics metrics) {
    this.stages = stages;
    this.settings = settings;
    this.metrics = metrics;
  }

  @Override
  public void run(RunRequest request, StreamObserver<StageEvent> responses) {
    try {
      var caller = (ServerCallStreamObserver<StageEvent>) responses;
      var cancellation = new CallerCancellation();
      caller.setOnCancelHandler(cancellation);
      cancellation.then(stages.run(StageRequest.of(request), caller));
    } catch (StageException refusal) {
      metrics.refused(refusal);
      responses.onError(StageFailures.toStatus(refusal));
    }
  }

  @Override
  public void describe(DescribeRequest request, StreamObserver<DescribeResponse> responses) {
    responses.onNext(
        DescribeResponse.newBuilder()
            .setVersion(settings.version())
            .setTime(Timestamps.now())
            .setFreeScratchBytes(FreeSpace.at(settings.scratch()))
            .setSlots(stages.slots().total())
            .setSlotsTaken(stages.slots().taken())
            .build());
    responses.onCompleted();
  }

  @Override
  public void cancel(CancelRequest request, StreamObserver<CancelResponse> responses) {
    try {
      var id = new StageId(request.getProject(), request.getKey());
      boolean found = stages.cancel(id, request.getRequester());
      responses.onNext(CancelResponse.newBuilder().setFound(found).build());
      responses.onCompleted();
    } catch (StageException refusal) {
      responses.onError(StageFailures.toStatus(refusal));
    }
  }
}
