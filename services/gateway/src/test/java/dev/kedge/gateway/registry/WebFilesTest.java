package dev.kedge.gateway.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kedge.embedded.EmbeddedS3;
import dev.kedge.gateway.GatewayConfig;
import dev.kedge.gateway.Refusal;
import dev.kedge.store.ArtifactView;
import dev.kedge.store.BlobCache;
import dev.kedge.store.Digest;
import dev.kedge.store.ObjectStore;
import dev.kedge.store.ProjectStore;
import dev.kedge.store.S3Settings;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server of its own, on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebFilesTest {
  private static final byte[] BYTES = new byte[3_000_000];
  private static final String SECRET = "?signature=secret";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Far more than anybody waits for. */
  private static final int DRIPS = 1000;

  private static final byte[] HEADERS =
      ("HTTP/1.1 200 OK\r\nX: " + "x".repeat(DRIPS)).getBytes(StandardCharsets.US_ASCII);

  private EmbeddedS3 s3;
  private HttpServer server;
  private ProjectStore project;

  @BeforeAll
  void servers(@TempDir Path folder) throws IOException {
    new Random(1).nextBytes(BYTES);
    s3 = EmbeddedS3.start(folder.resolve("s3"));
    project =
        new ProjectStore(
            ObjectStore.open(s3.access("kedge", S3Settings::of)),
            "p",
            new BlobCache(folder.resolve("cache"), 1L << 30));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", WebFilesTest::answer);
    server.start();
  }

  @AfterAll
  void stop() {
    server.stop(0);
    s3.close();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/moved/a.tar" -> redirect(exchange, "/a.tar" + SECRET);
      case "/file/a.tar" -> redirect(exchange, "file:///etc/passwd");
      case "/loop/a.tar" -> redirect(exchange, path);
      case "/elsewhere/a.tar" -> redirect(exchange, "http://127.0.0.1:9/a.tar");
      case "/gone/a.tar" -> exchange.sendResponseHeaders(403, -1);
      case "/endless/a.tar" -> send(exchange, 0, BYTES.length);
      case "/drip/a.tar" -> drip(exchange);
      case "/short/a.tar" -> send(exchange, BYTES.length, BYTES.length / 2);
      default -> send(exchange, BYTES.length, BYTES.length);
    }
    exchange.close();
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  private static void send(HttpExchange exchange, int told, int sent) throws IOException {
    exchange.sendResponseHeaders(200, told);
    exchange.getResponseBody().write(BYTES, 0, sent);
  }

  private static void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, BYTES.length);
    drip(exchange.getResponseBody(), BYTES);
  }

  /** Until nobody listens any more. */
  private static void drip(OutputStream out, byte[] bytes) throws IOException {
    for (int i = 0; i < DRIPS; i++) {
      out.write(bytes[i]);
      out.flush();
      LockSupport.parkNanos(PATIENCE.dividedBy(8).toNanos());
    }
  }

  @Test
  void filesGoToTheStoreByTheirNames() throws IOException {
    Digest artifact =
        files(10, true).store(project, "source", List.of(url("/moved/a.tar"), url("/b.txt")));
    try (ArtifactView view = project.artifacts().materialise(artifact)) {
      assertThat(view.path().resolve("a.tar")).hasBinaryContent(BYTES);
      assertThat(Files.size(view.path().resolve("b.txt"))).isEqualTo(BYTES.length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/gone/a.tar | answers 403: a presigned address may have expired",
        "/file/a.tar | leads on to what is no http address",
        "/loop/a.tar | leads on more than 5 times",
        "/endless/a.tar | is of unknown length",
        "/short/a.tar | cannot be fetched",
        "/folder/ | does not end in the name of a file"
      })
  void whatCannotBeFetchedIsRefusedWithItsReason(String row) {
    String[] parts = row.split(" \\| ", -1);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> files(10, true).store(project, "source", List.of(url(parts[0]))))
        .withMessageContaining(parts[1])
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @Test
  void filesThatAreTooLargeOrOfOneNameOrNotOfTheWebAreRefused() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> files(1, true).store(project, "source", List.of(url("/a.tar"))))
        .withMessageContaining("is of 3,000,000 bytes; fetched are files of up to 1,048,576");
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () ->
                files(10, true).store(project, "source", List.of(url("/x/a.tar"), url("/y/a.tar"))))
        .withMessageContaining("two addresses end in a.tar");
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> files(10, true).store(project, "source", List.of("file:///etc/passwd")))
        .withMessageContaining("is no http or https address");
  }

  @Test
  void filesThatAreTooLargeTogetherOrTakeTooLongAreRefused() {
    List<String> urls = List.of(url("/a.tar"), url("/b.tar"));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () ->
                new WebFiles(here(new Limits(10, 5, Duration.ofHours(1), true, Set.of())))
                    .store(project, "source", urls))
        .withMessageContaining("the files are of more than 5,242,880 bytes in all");
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () ->
                new WebFiles(here(new Limits(10, 10, Duration.ZERO, true, Set.of())))
                    .store(project, "source", urls))
        .withMessageContaining("the files of this import take longer than 0 seconds in all")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
  }

  @Test
  @Timeout(60)
  void aServerThatDripsItsFileHoldsNobody() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> impatient().store(project, "source", List.of(url("/drip/a.tar"))))
        .withMessageContaining("/drip/a.tar cannot be fetched: its server sends too slowly")
        .withMessageContaining("where 8,192 are the least");
  }

  @Test
  @Timeout(60)
  void aServerThatDripsItsHeadersHoldsNobody() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Future<?> dripping =
          thread.submit(
              () -> {
                try (Socket one = socket.accept()) {
                  drip(one.getOutputStream(), HEADERS);
                }
                return null;
              });
      String url =
          "http://%s:%d/a.tar%s"
              .formatted(socket.getInetAddress().getHostAddress(), socket.getLocalPort(), SECRET);
      WebFiles impatient = new WebFiles(limits(10, true).from(socket.getLocalPort()), PATIENCE);
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> impatient.store(project, "source", List.of(url)))
          .withMessageContaining("/a.tar cannot be fetched: its server does not answer");
      assertThatExceptionOfType(ExecutionException.class)
          .as("it is left alone")
          .isThrownBy(dripping::get)
          .withCauseInstanceOf(IOException.class);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void loopbackIsNotFetchedFromUnlessAllowed() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> files(10, false).store(project, "source", List.of(url("/a.tar"))))
        .withMessageContaining("127.0.0.1 leads into a private network: upload the data");
  }

  @Test
  void addressesInsideAreToldFromThoseOutside() throws IOException {
    for (String inside :
        List.of(
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "127.0.0.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "192.0.0.8",
            "198.18.0.1",
            "198.19.255.255",
            "::",
            "::1",
            "::10.0.0.1",
            "fe80::1",
            "fd00::1",
            "fec0::1",
            "ff02::1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "2001::1",
            "2001:0:ffff::1",
            "2002:a00:1::1",
            "::ffff:10.0.0.1")) {
      assertThat(PublicAddresses.isPrivate(InetAddress.getByName(inside))).as(inside).isTrue();
    }
    for (String outside :
        List.of(
            "8.8.8.8",
            "100.128.0.1",
            "168.63.129.17",
            "172.32.0.1",
            "192.0.1.1",
            "198.20.0.1",
            "2001:1::1",
            "2001:4860:4860::8888",
            "2003::1",
            "2600::1")) {
      assertThat(PublicAddresses.isPrivate(InetAddress.getByName(outside))).as(outside).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://files.example.com:9000/a.tar", "https://files.example.com:80443/a.tar"})
  void anotherPortThanThoseOfTheWebIsNotAsked(String url) {
    WebFiles files = new WebFiles(limits(10, false));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> files.store(project, "source", List.of(url)))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .containsAnyOf(
                        "is on port 9000, and files are fetched from [80, 443] alone",
                        "is no http or https address"));
  }

  @Test
  void aServerThatLeadsToAnotherPortIsNotFollowed() {
    Limits ports = limits(10, true).from(server.getAddress().getPort());
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(
            () -> new WebFiles(ports).store(project, "source", List.of(url("/elsewhere/a.tar"))))
        .withMessageContaining("is on port 9, and files are fetched from");
  }

  private String url(String path) {
    return "http://%s:%d%s%s"
        .formatted(
            server.getAddress().getHostString(), server.getAddress().getPort(), path, SECRET);
  }

  private WebFiles files(long megabytes, boolean privateToo) {
    return new WebFiles(here(limits(megabytes, privateToo)));
  }

  private WebFiles impatient() {
    return new WebFiles(here(limits(10, true)), PATIENCE);
  }

  /** The server's port is any. */
  private Limits here(Limits limits) {
    return limits.from(server.getAddress().getPort());
  }

  private static Limits limits(long megabytes, boolean privateToo) {
    return new Limits(megabytes, 100, Duration.ofHours(1), privateToo, Set.of(80, 443));
  }

  private record Limits(
      long largestFile,
      long largestImport,
      Duration longestFetch,
      boolean fetchFromPrivateNetworks,
      Set<Integer> fetchPorts)
      implements GatewayConfig {
    Limits from(int port) {
      return new Limits(
          largestFile, largestImport, longestFetch, fetchFromPrivateNetworks, Set.of(port));
    }

    @Override
    public MemorySize largestUpload() {
      return new MemorySize(BigInteger.ZERO);
    }

    @Override
    public int uploadsAtOnce() {
      return 0;
    }

    @Override
    public List<String> importPrefixes() {
      return List.of();
    }

    @Override
    public Duration watchInterval() {
      return Duration.ZERO;
    }

    @Override
    public Duration operationTimeout() {
      return Duration.ZERO;
    }

    @Override
    public Duration uploadPatience() {
      return Duration.ZERO;
    }

    @Override
    public MemorySize largestFetchedFile() {
      return new MemorySize(BigInteger.valueOf(largestFile << 20));
    }

    @Override
    public MemorySize largestFetchedImport() {
      return new MemorySize(BigInteger.valueOf(largestImport << 20));
    }

    @Override
    public MemorySize slowestFetch() {
      return new MemorySize(BigInteger.valueOf(4 << 10));
    }
  }
}
