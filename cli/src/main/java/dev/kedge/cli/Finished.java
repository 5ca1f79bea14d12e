package dev.kedge.cli;

import com.google.longrunning.Operation;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.protobuf.StatusProto;

/** What a long-running operation ended with. */
final class Finished {
  private Finished() {}

  /**
   * The operation's response.
   *
   * @throws io.grpc.StatusRuntimeException where the operation failed
   */
  static <T extends Message> T response(Operation operation, Class<T> type) {
    if (operation.hasError()) {
      throw StatusProto.toStatusRuntimeException(operation.getError());
    }
    try {
      return operation.getResponse().unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the gateway's answer is not a " + type.getSimpleName(), e);
    }
  }
}
