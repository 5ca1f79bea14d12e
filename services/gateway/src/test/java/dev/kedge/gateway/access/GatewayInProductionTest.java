package dev.kedge.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kedge.gateway.EmbeddedServers;
import dev.kedge.v1.ExperimentServiceGrpc;
import dev.kedge.v1.ExperimentServiceGrpc.ExperimentServiceBlockingStub;
import dev.kedge.v1.ListExperimentsRequest;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With settings that are fit for production it starts there, and serves TLS alone. */
@QuarkusTest
@QuarkusTestResource(value = EmbeddedServers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = Issuer.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = Certificate.class, restrictToAnnotatedClass = true)
class GatewayInProductionTest {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @TestHTTPResource(tls = true)
  URI address;

  @TestHTTPResource(value = "/health/live", management = true)
  URI health;

  private ManagedChannel channel;

  @BeforeEach
  void connect() throws IOException {
    channel =
        channel(
            TlsChannelCredentials.newBuilder().trustManager(Certificate.file().toFile()).build());
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  private ManagedChannel channel(ChannelCredentials credentials) {
    return Grpc.newChannelBuilder("localhost:" + address.getPort(), credentials).build();
  }

  @Test
  void itServesWhoeverHasAToken() {
    ExperimentServiceBlockingStub nobody = ExperimentServiceGrpc.newBlockingStub(channel);
    Metadata token = new Metadata();
    token.put(AUTHORIZATION, "Bearer " + Issuer.token("vic", "kedge:vision:viewer"));
    var viewer = nobody.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token));

    assertThat(list(viewer)).isZero();
    assertThat(refused(nobody)).isEqualTo(Code.UNAUTHENTICATED);
  }

  @Test
  void itDoesNotServeInTheOpen() {
    ManagedChannel open = channel(InsecureChannelCredentials.create());
    try {
      assertThat(refused(ExperimentServiceGrpc.newBlockingStub(open))).isEqualTo(Code.UNAVAILABLE);
    } finally {
      open.shutdownNow();
    }
  }

  @Test
  void itsHealthIsAskedForOnAnotherPort() throws Exception {
    assertThat(health.getPort()).isNotEqualTo(address.getPort());
    assertThat(
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString())
                .body())
        .contains("UP");
  }

  @Test
  void browsersThatCameOverTlsComeBackOverNothingElse() throws Exception {
    HttpClient browser =
        HttpClient.newBuilder()
            .sslContext(Certificate.trusting())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    HttpRequest page =
        HttpRequest.newBuilder(
                URI.create(
                    "https://localhost:%d/projects/vision/experiments"
                        .formatted(address.getPort())))
            .header("Authorization", "Bearer " + Issuer.token("vic", "kedge:vision:viewer"))
            .build();
    assertThat(
            browser
                .send(page, BodyHandlers.ofString())
                .headers()
                .firstValue("Strict-Transport-Security"))
        .hasValue("max-age=31536000");
  }

  private static int list(ExperimentServiceBlockingStub stub) {
    return stub.withDeadlineAfter(20, TimeUnit.SECONDS)
        .listExperiments(ListExperimentsRequest.newBuilder().setParent("projects/vision").build())
        .getExperimentsCount();
  }

  private static Code refused(ExperimentServiceBlockingStub stub) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> list(stub))
        .getStatus()
        .getCode();
  }
}
