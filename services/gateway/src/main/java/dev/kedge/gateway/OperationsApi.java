package dev.kedge.gateway;

import com.google.longrunning.GetOperationRequest;
import com.google.longrunning.Operation;
import com.google.longrunning.OperationsGrpc;
import dev.kedge.gateway.registry.ImportOperations;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** {@code google.longrunning.Operations}: reads imports again. */
@GrpcService
public class OperationsApi extends OperationsGrpc.OperationsImplBase {
  private final ImportOperations operations;

  OperationsApi(ImportOperations operations) {
    this.operations = operations;
  }

  @Override
  @Blocking
  public void getOperation(GetOperationRequest request, StreamObserver<Operation> to) {
    Answers.one(to, () -> operations.get(request.getName()));
  }
}
