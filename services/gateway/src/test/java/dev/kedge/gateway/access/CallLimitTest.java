package dev.kedge.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.kedge.gateway.EmbeddedServers;
import dev.kedge.gateway.FewCalls;
import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.ExperimentServiceGrpc.ExperimentServiceBlockingStub;
import dev.kedge.v1.ListExperimentsRequest;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway takes 20 calls of each caller at once, and one a second from then on. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedServers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = Issuer.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = FewCalls.class, restrictToAnnotatedClass = true)
class CallLimitTest {
  private static final String VIEWER = "kedge:vision:viewer";
  private static final String ANSWERED = "";
  private static final Logger AUDIT = Logger.getLogger("dev.kedge.audit");

  @TestHTTPResource URL address;
  @Inject MeterRegistry registry;
  private ManagedChannel channel;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler ear =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {
          // Nothing is held back.
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  @BeforeEach
  void connect() {
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
            .usePlaintext()
            .build();
    AUDIT.addHandler(ear);
  }

  @AfterEach
  void disconnect() {
    AUDIT.removeHandler(ear);
    channel.shutdownNow();
  }

  @Test
  void whoeverCallsTooOftenIsToldWhenToComeBackAndNobodyElseIsKeptWaiting() throws Exception {
    double before = refused();
    ExperimentServiceBlockingStub wild = bearer(Issuer.token("wild", VIEWER));
    List<String> answers = calls(wild, 2 * FewCalls.BURST);
    assertThat(answers.subList(0, FewCalls.BURST)).containsOnly(ANSWERED);
    assertThat(answers.subList(FewCalls.BURST, answers.size())).contains("CALLS_TOO_MANY");
    assertThat(calls(bearer(Issuer.token("meek", VIEWER)), 1)).containsExactly(ANSWERED);

    assertThat(refused() - before).isPositive();
    assertThat(lines)
        .anyMatch(
            line -> line.matches("ListExperiments .*by wild from 127.0.0.1: RESOURCE_EXHAUSTED"))
        .noneMatch(line -> line.contains("meek"));
    Thread.sleep(1_200);
    assertThat(calls(wild, 1)).as("once they have waited").containsExactly(ANSWERED);
  }

  @Test
  void tokensAreNotGuessedAtWillAndThoseWhoHaveOneDoNotSufferForIt() {
    List<String> guesses = calls(bearer("no.token.atall"), 2 * FewCalls.BURST);
    assertThat(guesses.subList(0, FewCalls.BURST)).containsOnly("TOKEN_INVALID");
    assertThat(guesses).contains("CALLS_TOO_MANY").doesNotContain(ANSWERED);
    assertThat(calls(bearer(Issuer.token("kim", VIEWER)), 1)).containsExactly(ANSWERED);
  }

  @Test
  void healthIsAskedAsOftenAsAnybodyLikes() {
    for (int i = 0; i < 3 * FewCalls.BURST; i++) {
      assertThat(
              HealthGrpc.newBlockingStub(channel)
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void aNameIsNotAnAddress() {
    CallLimit limit = new CallLimit(calls(1, 1), new SimpleMeterRegistry());
    assertThat(limit.unknown("10.0.0.1")).isEmpty();
    assertThat(limit.unknown("10.0.0.1")).isPresent();
    assertThat(limit.known(new Caller("10.0.0.1"))).isEmpty();
    assertThat(limit.unknown("10.0.0.2")).isEmpty();
  }

  @Test
  void noneMeansNoneAndWhatMakesNoSenseIsNamed() {
    CallLimit none = new CallLimit(calls(0, 1), new SimpleMeterRegistry());
    for (int i = 0; i < 100; i++) {
      assertThat(none.unknown("10.0.0.1")).isEmpty();
    }
    assertThatThrownBy(() -> new CallLimit(calls(1, 0), new SimpleMeterRegistry()))
        .hasMessageContaining("kedge.calls.burst is 0");
  }

  private static CallsConfig calls(int perSecond, int burst) {
    return new CallsConfig() {
      @Override
      public int perSecond() {
        return perSecond;
      }

      @Override
      public int burst() {
        return burst;
      }
    };
  }

  private double refused() {
    return registry.get("kedge.calls.refused").counter().count();
  }

  /** What came of as many calls: the reasons of refusals. */
  private static List<String> calls(ExperimentServiceBlockingStub stub, int count) {
    List<String> answers = new ArrayList<>();
    ListExperimentsRequest request =
        ListExperimentsRequest.newBuilder().setParent("projects/vision").build();
    for (int i = 0; i < count; i++) {
      try {
        var unused = stub.listExperiments(request);
        answers.add(ANSWERED);
      } catch (StatusRuntimeException refusal) {
        answers.add(reason(refusal));
      }
    }
    return answers;
  }

  private static String reason(StatusRuntimeException refusal) {
    List<Any> details = StatusProto.fromThrowable(refusal).getDetailsList();
    try {
      String reason = details.get(0).unpack(ErrorInfo.class).getReason();
      if (reason.equals("CALLS_TOO_MANY")) {
        RetryInfo again = details.get(1).unpack(RetryInfo.class);
        assertThat(again.getRetryDelay().getSeconds()).isEqualTo(1);
      }
      return reason;
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private ExperimentServiceBlockingStub bearer(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return ExperimentServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
