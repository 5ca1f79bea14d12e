package dev.kedge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.v1.CheckSystemRequest;
import dev.kedge.v1.SystemServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
  private static final String PASSWORD = "changeit";

  @TempDir Path folder;
  private final List<String> tokens = new CopyOnWriteArrayList<>();

  /** What the next calls are told of when to come back. */
  private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

  private Server server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.shutdownNow();
    }
  }

  @Test
  void aServerThatIsNoAddressIsTheUsersMistake() {
    assertThatThrownBy(() -> connection(Map.of()).to("http://localhost:9090"))
        .isInstanceOf(UserMistakeException.class)
        .hasMessageContainingAll("http://localhost:9090", "write HOST:PORT");
  }

  @Test
  void aTokenGoesWithEachCallAndARenewedOneToo() throws IOException {
    start(InsecureServerCredentials.create());
    Path file = Files.writeString(folder.resolve("token"), "first\n");
    ManagedChannel channel =
        connection(Map.of("KEDGE_TOKEN_FILE", file.toString())).to("127.0.0.1:" + server.getPort());
    call(channel);
    Files.writeString(file, "second\n");
    call(channel);
    channel.shutdownNow();
    assertThat(tokens).containsExactly("Bearer first", "Bearer second");
  }

  @Test
  void aGatewayThatIsAskedTooOftenIsAskedAgainWhenItSaysSo() throws IOException {
    refusals.addAll(List.of("50", "50"));
    start(InsecureServerCredentials.create());
    ManagedChannel channel = connection(Map.of()).to("127.0.0.1:" + server.getPort());
    call(channel);
    assertThat(tokens).hasSize(3);

    refusals.add("-1");
    assertThatThrownBy(() -> ask(channel)).hasMessageContaining("RESOURCE_EXHAUSTED");
    assertThat(tokens).as("it is no use").hasSize(4);
    channel.shutdownNow();
  }

  @Test
  void aTokenIsNotSentWhereOthersCanReadIt() {
    Connection connection = connection(Map.of("KEDGE_TOKEN", "secret"));
    for (String server : List.of("kedge.example.com:9090", "10.0.0.1:9090", "localhost.evil.com")) {
      assertThatThrownBy(() -> connection.to(server))
          .isInstanceOf(UserMistakeException.class)
          .hasMessageContaining("write --server https://" + server)
          .hasMessageNotContaining("secret");
    }
    connection.to("localhost:9090").shutdownNow();
    connection.to("[::1]:9090").shutdownNow();
    connection.to("https://kedge.example.com:9090").shutdownNow();
  }

  @Test
  void overTlsTheGatewaysCertificateIsChecked() throws Exception {
    Path authority = startWithTls();
    String address = "https://localhost:" + server.getPort();

    ManagedChannel known =
        connection(Map.of("KEDGE_CA", authority.toString(), "KEDGE_TOKEN", "secret")).to(address);
    call(known);
    known.shutdownNow();
    assertThat(tokens).containsExactly("Bearer secret");

    ManagedChannel unknown = connection(Map.of("KEDGE_TOKEN", "secret")).to(address);
    assertThatThrownBy(() -> ask(unknown))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refused ->
                assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    unknown.shutdownNow();
    assertThat(tokens).as("nobody unknown has got it").hasSize(1);

    Path text = Files.writeString(folder.resolve("text"), "no certificate");
    for (String wrong : List.of(text.toString(), folder.resolve("none").toString())) {
      assertThatThrownBy(() -> connection(Map.of("KEDGE_CA", wrong)).to(address))
          .isInstanceOf(UserMistakeException.class)
          .hasMessageContaining("KEDGE_CA is " + wrong);
    }
  }

  private static Connection connection(Map<String, String> environment) {
    return new Connection(environment);
  }

  /** What it answers is that it does not know the call. */
  private static void call(ManagedChannel channel) {
    assertThatThrownBy(() -> ask(channel)).hasMessageContaining("UNIMPLEMENTED");
  }

  private static void ask(ManagedChannel channel) {
    SystemServiceGrpc.newBlockingStub(channel).checkSystem(CheckSystemRequest.getDefaultInstance());
  }

  private void start(ServerCredentials credentials) throws IOException {
    ServerBuilder<?> builder =
        Grpc.newServerBuilderForPort(0, credentials)
            .addService(new SystemServiceGrpc.SystemServiceImplBase() {})
            .intercept(
                new ServerInterceptor() {
                  @Override
                  public <Q, A> ServerCall.Listener<Q> interceptCall(
                      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                    tokens.add(
                        "%s"
                            .formatted(
                                headers.get(
                                    Metadata.Key.of(
                                        "authorization", Metadata.ASCII_STRING_MARSHALLER))));
                    String when = refusals.poll();
                    if (when == null) {
                      return next.startCall(call, headers);
                    }
                    Metadata trailers = new Metadata();
                    trailers.put(
                        Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER),
                        when);
                    call.close(Status.RESOURCE_EXHAUSTED, trailers);
                    return new ServerCall.Listener<>() {};
                  }
                });
    server = builder.build().start();
  }

  private Path startWithTls() throws Exception {
    Path keys = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    int code =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "kedge",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start()
            .waitFor();
    assertThat(code).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD.toCharArray());
    start(TlsServerCredentials.newBuilder().keyManager(factory.getKeyManagers()).build());
    String base64 =
        Base64.getMimeEncoder().encodeToString(store.getCertificate("kedge").getEncoded());
    return Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }
}
