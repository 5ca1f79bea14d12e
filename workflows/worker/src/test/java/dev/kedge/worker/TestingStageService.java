package dev.kedge.worker;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.kedge.stage.v1.CancelRequest;
import dev.kedge.stage.v1.CancelResponse;
import dev.kedge.stage.v1.Progress;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageResult;
import dev.kedge.stage.v1.StageServiceGrpc.StageServiceImplBase;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A stage service on loopback that answers each call as the test has told it. */
final class TestingStageService extends StageServiceImplBase implements AutoCloseable {
  private final BlockingQueue<Consumer<StreamObserver<StageEvent>>> answers =
      new LinkedBlockingQueue<>();
  final List<RunRequest> calls = new CopyOnWriteArrayList<>();
  final List<CancelRequest> withdrawn = new CopyOnWriteArrayList<>();
  private final Server server;

  TestingStageService() {
    this(0);
  }

  TestingStageService(int port) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      server = NettyServerBuilder.forAddress(address).addService(this).build().start();
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  int port() {
    return server.getPort();
  }

  void next(Consumer<StreamObserver<StageEvent>> answer) {
    answers.add(answer);
  }

  static StageEvent progress(String cursor, long done) {
    return StageEvent.newBuilder()
        .setCursor(cursor)
        .setProgress(Progress.newBuilder().setDone(done))
        .build();
  }

  static StageEvent result(String artifact) {
    return StageEvent.newBuilder()
        .setResult(StageResult.newBuilder().setArtifact(artifact))
        .build();
  }

  static StatusRuntimeException error(Code code, String reason, String blame, boolean retryable) {
    var info =
        ErrorInfo.newBuilder()
            .setReason(reason)
            .putMetadata("blame", blame)
            .putMetadata("retryable", Boolean.toString(retryable));
    return StatusProto.toStatusRuntimeException(
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage("the service says so")
            .addDetails(Any.pack(info.build()))
            .build());
  }

  @Override
  public void run(RunRequest request, StreamObserver<StageEvent> observer) {
    calls.add(request);
    var answer = answers.poll();
    if (answer != null) {
      answer.accept(observer);
    }
  }

  @Override
  public void cancel(CancelRequest request, StreamObserver<CancelResponse> observer) {
    withdrawn.add(request);
    observer.onNext(CancelResponse.newBuilder().setFound(true).build());
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
