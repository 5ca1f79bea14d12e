package dev.kedge.gateway;

import dev.kedge.gateway.storage.Garbage;
import dev.kedge.v1.CollectGarbageRequest;
import dev.kedge.v1.CollectGarbageResponse;
import dev.kedge.v1.StorageServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** {@code kedge.v1.StorageService}. */
@GrpcService
@Blocking
public class StorageApi extends StorageServiceGrpc.StorageServiceImplBase {
  private final Garbage garbage;

  StorageApi(Garbage garbage) {
    this.garbage = garbage;
  }

  @Override
  public void collectGarbage(
      CollectGarbageRequest request, StreamObserver<CollectGarbageResponse> to) {
    Answers.many(to, send -> garbage.collect(request, send));
  }
}
