package dev.kedge.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.kedge.fuzzing.HostileCalls.Manner;
import dev.kedge.stage.v1.DescribeRequest;
import dev.kedge.stage.v1.DescribeResponse;
import dev.kedge.stage.v1.RunRequest;
import dev.kedge.stage.v1.StageEvent;
import dev.kedge.stage.v1.StageServiceGrpc;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong with a server's answers is found, and what this side has done is not. */
class HostileCallsTest {
  private static final Set<io.grpc.Status.Code> RIGHT =
      Set.of(io.grpc.Status.Code.OK, io.grpc.Status.Code.INVALID_ARGUMENT);

  private Server server;
  private volatile Status answer;

  @BeforeEach
  void serve() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Answering())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void aRefusalThatSaysWhoseFaultItIsIsRight() throws Exception {
    assertThat(faults(refusal(Code.INVALID_ARGUMENT, "the key 'x' is none"))).isEmpty();
  }

  @Test
  void aServerThatCallsOffWhatNobodyBrokeOffIsWrong() throws Exception {
    assertThat(faults(refusal(Code.CANCELLED, "cut off")))
        .singleElement()
        .asString()
        .startsWith("Describe: a wrong status: CANCELLED");
  }

  @Test
  void aFaultOfTheServersOwnIsWrong() throws Exception {
    assertThat(faults(refusal(Code.INTERNAL, "a bug")))
        .singleElement()
        .asString()
        .contains("INTERNAL");
  }

  @Test
  void aRefusalWithoutItsReasonIsWrong() throws Exception {
    Status bare = Status.newBuilder().setCode(Code.INVALID_ARGUMENT_VALUE).setMessage("no").build();

    assertThat(faults(bare)).singleElement().asString().contains("no ErrorInfo");
  }

  @Test
  void aRefusalThatTellsOfTheInsideIsWrong() throws Exception {
    assertThat(faults(refusal(Code.INVALID_ARGUMENT, "java.lang.NullPointerException: spec")))
        .singleElement()
        .asString()
        .contains("tells of the inside");
  }

  @Test
  void whatIsBrokenOffHereIsNoFault() throws Exception {
    try (HostileCalls calls = calls()) {
      calls.send(StageServiceGrpc.getRunMethod(), List.of(run()), Manner.FIRST_ANSWER);
      calls.send(StageServiceGrpc.getRunMethod(), List.of(run()), Manner.CUT_OFF);

      assertThat(calls.faults()).isEmpty();
    }
  }

  private List<String> faults(Status told) throws InterruptedException {
    answer = told;
    try (HostileCalls calls = calls()) {
      byte[] empty = DescribeRequest.getDefaultInstance().toByteArray();
      calls.send(StageServiceGrpc.getDescribeMethod(), List.of(empty), Manner.TO_THE_END);
      return calls.faults();
    }
  }

  private HostileCalls calls() {
    return new HostileCalls("localhost", server.getPort(), told -> RIGHT.contains(told.code()));
  }

  private static byte[] run() {
    return RunRequest.getDefaultInstance().toByteArray();
  }

  private static Status refusal(Code code, String message) {
    return Status.newBuilder()
        .setCode(code.getNumber())
        .setMessage(message)
        .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("TESTED").build()))
        .build();
  }

  /** Describes nothing, and runs without an end. */
  private final class Answering extends StageServiceGrpc.StageServiceImplBase {
    @Override
    public void describe(DescribeRequest request, StreamObserver<DescribeResponse> to) {
      to.onError(StatusProto.toStatusRuntimeException(answer));
    }

    @Override
    public void run(RunRequest request, StreamObserver<StageEvent> to) {
      to.onNext(StageEvent.getDefaultInstance());
    }
  }
}
