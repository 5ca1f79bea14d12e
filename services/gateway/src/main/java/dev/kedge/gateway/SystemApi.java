package dev.kedge.gateway;

import dev.kedge.gateway.system.SystemChecks;
import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.CheckSystemResponse;
import dev.kedge.v1.SystemServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** {@code kedge.v1.SystemService}. */
@GrpcService
@Blocking
public class SystemApi extends SystemServiceGrpc.SystemServiceImplBase {
  private final SystemChecks checks;

  SystemApi(SystemChecks checks) {
    this.checks = checks;
  }

  @Override
  public void checkSystem(CheckSystemRequest request, StreamObserver<CheckSystemResponse> to) {
    Answers.one(to, () -> checks.all(request));
  }
}
