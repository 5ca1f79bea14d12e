package dev.kedge.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.kedge.gateway.EmbeddedServers;
import dev.kedge.gateway.experiments.ExperimentStore;
import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.DeleteExperimentRequest;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.ExperimentServiceGrpc.ExperimentServiceBlockingStub;
import dev.kedge.v1.ExportExperimentRequest;
import dev.kedge.v1.File;
import dev.kedge.v1.ImportExperimentRequest;
import dev.kedge.v1.ImportExperimentResponse;
import dev.kedge.v1.LaunchExperimentRequest;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.PauseExperimentRequest;
import dev.kedge.v1.RegistryServiceGrpc;
import dev.kedge.v1.StorageServiceGrpc;
import dev.kedge.v1.SystemServiceGrpc;
import dev.kedge.v1.UploadBlobRequest;
import dev.kedge.v1.UploadBlobResponse;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.BlockingClientCall;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URL;
import java.util.Iterator;
import java.util.concurrent.Executor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = EmbeddedServers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = Issuer.class, restrictToAnnotatedClass = true)
class AccessControlTest {
  private static final String VISION = "projects/vision";
  private static final String TEXT = "projects/text";

  @TestHTTPResource URL address;
  @Inject ExperimentStore kept;
  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    channel =
        ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
            .usePlaintext()
            .build();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void whoeverIsNotKnownMayAskForHealthAlone() {
    assertThat(
            HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
    ExperimentServiceBlockingStub nobody = ExperimentServiceGrpc.newBlockingStub(channel);
    assertRefused(() -> list(nobody, VISION), Code.UNAUTHENTICATED, "TOKEN_MISSING");
    assertRefused(() -> list(as("Basic YTpi"), VISION), Code.UNAUTHENTICATED, "TOKEN_MISSING");
  }

  @Test
  void aTokenThatDoesNotHoldIsRefused() {
    String admin = "kedge:*:admin";
    assertThat(list(bearer(Issuer.token("ann", admin)), VISION)).isZero();
    for (String token :
        new String[] {
          Issuer.expired("ann", admin),
          Issuer.forOthers("ann", admin),
          Issuer.forged("ann", admin),
          "no.token.atall",
          "x"
        }) {
      assertRefused(() -> list(bearer(token), VISION), Code.UNAUTHENTICATED, "TOKEN_INVALID");
    }
  }

  @Test
  void aRoleIsOfOneProject() {
    ExperimentServiceBlockingStub viewer = bearer(Issuer.token("vic", "kedge:vision:viewer"));
    assertThat(list(viewer, VISION)).isZero();
    StatusRuntimeException refused =
        assertRefused(() -> list(viewer, TEXT), Code.PERMISSION_DENIED, "ROLE_MISSING");
    assertThat(refused)
        .hasMessageContaining(
            "vic is nobody in projects/text, and ListExperiments needs the role viewer there")
        .hasMessageContaining("`kedge:text:viewer`");
    assertRefused(() -> list(viewer, "vision"), Code.PERMISSION_DENIED, "ROLE_MISSING");
    assertThat(list(bearer(Issuer.token("all", "kedge:*:viewer")), TEXT)).isZero();
    assertRefused(
        () -> list(bearer(Issuer.token("out", "staff", "kedge:vision:king")), VISION),
        Code.PERMISSION_DENIED,
        "ROLE_MISSING");
  }

  @Test
  void eachRoleMayWhatThoseBeforeMayAndNoMore() {
    var viewer = bearer(Issuer.token("vic", "kedge:vision:viewer"));
    var editor = bearer(Issuer.token("eve", "kedge:vision:editor"));
    var operator = bearer(Issuer.token("oli", "kedge:vision:operator"));
    var admin = bearer(Issuer.token("ann", "kedge:vision:viewer", "kedge:vision:admin"));
    LaunchExperimentRequest launch = LaunchExperimentRequest.newBuilder().setParent(VISION).build();
    assertDenied(() -> viewer.launchExperiment(launch));
    assertAdmitted(() -> editor.launchExperiment(launch));
    PauseExperimentRequest pause =
        PauseExperimentRequest.newBuilder().setName(VISION + "/experiments/none").build();
    assertDenied(() -> editor.pauseExperiment(pause));
    assertAdmitted(() -> operator.pauseExperiment(pause));
    DeleteExperimentRequest delete =
        DeleteExperimentRequest.newBuilder().setName(VISION + "/experiments/none").build();
    assertDenied(() -> operator.deleteExperiment(delete));
    assertAdmitted(() -> admin.deleteExperiment(delete));
    assertThat(list(admin, VISION)).isZero();
  }

  @Test
  void whatIsOfNoProjectAnyRoleMaySee() {
    CheckSystemRequest check = CheckSystemRequest.getDefaultInstance();
    var system = SystemServiceGrpc.newBlockingStub(channel);
    assertDenied(
        () ->
            system
                .withCallCredentials(authorization("Bearer " + Issuer.token("out", "staff")))
                .checkSystem(check));
    assertThat(
            system
                .withCallCredentials(
                    authorization("Bearer " + Issuer.token("vic", "kedge:text:viewer")))
                .checkSystem(check)
                .getChecksCount())
        .isPositive();
  }

  @Test
  void streamsFromClientsAreAskedAndPeopleHaveTheirNames() throws Exception {
    CallCredentials admin = authorization("Bearer " + Issuer.token("ann", "kedge:*:admin"));
    String name = VISION + "/experiments/e0000000000000001";
    kept.add(
        Experiment.newBuilder()
            .setName(name)
            .setRequestId("r")
            .setState(Experiment.State.CANCELLED)
            .build());
    var storage = StorageServiceGrpc.newBlockingStub(channel).withCallCredentials(admin);
    ByteString archive = ByteString.EMPTY;
    var pieces =
        storage.exportExperiment(ExportExperimentRequest.newBuilder().setName(name).build());
    while (pieces.hasNext()) {
      archive = archive.concat(pieces.next().getData());
    }
    UploadBlobResponse uploaded = upload(admin, archive);
    Iterator<ImportExperimentResponse> news =
        storage.importExperiment(
            ImportExperimentRequest.newBuilder()
                .setParent(TEXT)
                .setFile(
                    File.newBuilder().setDigest(uploaded.getDigest()).setSize(uploaded.getSize()))
                .build());
    ImportExperimentResponse last = news.next();
    while (news.hasNext()) {
      last = news.next();
    }
    assertThat(last.getExperiment().getOperations(0).getActor()).isEqualTo("ann");

    ByteString bytes = archive;
    assertThat(
            catchThrowableOfType(
                    StatusException.class,
                    () ->
                        upload(
                            authorization("Bearer " + Issuer.token("vic", "kedge:*:viewer")),
                            bytes))
                .getStatus()
                .getCode())
        .isEqualTo(Code.PERMISSION_DENIED);
  }

  private UploadBlobResponse upload(CallCredentials as, ByteString bytes)
      throws StatusException, InterruptedException {
    BlockingClientCall<UploadBlobRequest, UploadBlobResponse> call =
        RegistryServiceGrpc.newBlockingV2Stub(channel).withCallCredentials(as).uploadBlob();
    call.write(UploadBlobRequest.newBuilder().setParent(TEXT).build());
    call.write(UploadBlobRequest.newBuilder().setData(bytes).build());
    call.halfClose();
    return call.read();
  }

  private static int list(ExperimentServiceBlockingStub stub, String parent) {
    return (int)
        stub
            .listExperiments(ListExperimentsRequest.newBuilder().setParent(parent).build())
            .getExperimentsList()
            .stream()
            .filter(one -> one.getState() != Experiment.State.CANCELLED)
            .count();
  }

  private ExperimentServiceBlockingStub bearer(String token) {
    return as("Bearer " + token);
  }

  private ExperimentServiceBlockingStub as(String header) {
    return ExperimentServiceGrpc.newBlockingStub(channel)
        .withCallCredentials(authorization(header));
  }

  private static CallCredentials authorization(String header) {
    return new CallCredentials() {
      @Override
      public void applyRequestMetadata(
          RequestInfo request, Executor executor, MetadataApplier applier) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), header);
        applier.apply(headers);
      }
    };
  }

  private static void assertDenied(ThrowingCallable call) {
    assertRefused(call, Code.PERMISSION_DENIED, "ROLE_MISSING");
  }

  /** What it asks for is wrong, and it is the service that says so. */
  private static void assertAdmitted(ThrowingCallable call) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refused.getStatus().getCode()).isIn(Code.INVALID_ARGUMENT, Code.NOT_FOUND);
  }

  private static StatusRuntimeException assertRefused(
      ThrowingCallable call, Status.Code code, String reason) {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(refused).isNotNull();
    assertThat(refused.getStatus().getCode()).as(refused.getMessage()).isEqualTo(code);
    assertThat(reason(refused)).isEqualTo(reason);
    return refused;
  }

  private static String reason(StatusRuntimeException refused) {
    Any detail = StatusProto.fromThrowable(refused).getDetails(0);
    try {
      return detail.unpack(ErrorInfo.class).getReason();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
