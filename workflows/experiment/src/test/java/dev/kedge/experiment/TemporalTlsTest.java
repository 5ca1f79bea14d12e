package dev.kedge.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kedge.embedded.EmbeddedTemporal;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalTlsTest {
  private static final long LOOK_AGAIN_MILLIS = 200;

  @TempDir Path folder;

  /** The settings. */
  private record Tls(Optional<Path> authority, Optional<Path> certificate, Optional<Path> key)
      implements TemporalConfig.Tls {
    @Override
    public boolean enabled() {
      return true;
    }
  }

  /** Does not wait for the minute to pass. */
  private static final class Hasty extends ScheduledThreadPoolExecutor {
    Hasty() {
      super(
          1,
          work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
          });
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable work, long first, long between, TimeUnit unit) {
      return super.scheduleWithFixedDelay(
          work, LOOK_AGAIN_MILLIS, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(
        Runnable work, long first, long between, TimeUnit unit) {
      return scheduleWithFixedDelay(work, first, between, unit);
    }
  }

  @Test
  void bothSidesShowCertificatesAndRenewedOnesAreTakenUp() throws Exception {
    Identity server = new Identity(folder, "server");
    Identity first = new Identity(folder, "first");
    Identity second = new Identity(folder, "second");
    Path certificate = folder.resolve("shown.pem");
    Path key = folder.resolve("shown.key");
    show(first, certificate, key);
    Tls tls =
        new Tls(Optional.of(server.certificateFile()), Optional.of(certificate), Optional.of(key));
    try (EmbeddedTemporal temporal = EmbeddedTemporal.start();
        TlsFront front = new TlsFront(trusting(server, first, second), port(temporal))) {
      WorkflowServiceStubs stubs = stubs(front, tls);
      ask(stubs);
      assertThat(front.shown()).containsExactly(first.certificate());

      show(second, certificate, key);
      Thread.sleep(10 * LOOK_AGAIN_MILLIS);
      front.hangUp();
      askAgain(stubs);
      assertThat(front.shown()).endsWith(second.certificate());
      stubs.shutdownNow();
    }
  }

  @Test
  void aServerThatNobodyKnowsIsNotSpokenTo() throws Exception {
    Identity server = new Identity(folder, "server");
    Identity other = new Identity(folder, "other");
    Identity client = new Identity(folder, "client");
    try (EmbeddedTemporal temporal = EmbeddedTemporal.start();
        TlsFront front = new TlsFront(trusting(server, client), port(temporal))) {
      Tls trustsAnother =
          new Tls(
              Optional.of(other.certificateFile()),
              Optional.of(client.certificateFile()),
              Optional.of(client.keyFile()));
      WorkflowServiceStubs stubs = stubs(front, trustsAnother);
      assertThatThrownBy(() -> ask(stubs)).isInstanceOf(StatusRuntimeException.class);
      stubs.shutdownNow();
      assertThat(front.shown()).isEmpty();
    }
  }

  @Test
  void whatCannotBeReadIsNamed() throws Exception {
    Path none = folder.resolve("none.pem");
    Path text = Files.writeString(folder.resolve("text.pem"), "a text");
    Path key = new Identity(folder, "client").keyFile();
    assertThatThrownBy(
            () -> context(new Tls(Optional.of(none), Optional.empty(), Optional.empty())))
        .hasMessageContaining("kedge.temporal.tls.authority is " + none);
    assertThatThrownBy(
            () -> context(new Tls(Optional.empty(), Optional.of(text), Optional.of(key))))
        .hasMessageContaining("kedge.temporal.tls.certificate is " + text);
    assertThatThrownBy(() -> context(new Tls(Optional.empty(), Optional.empty(), Optional.of(key))))
        .hasMessageContaining("belong together");
  }

  private static void context(Tls tls) {
    Object unused = new TemporalTls(tls).context();
  }

  private static void ask(WorkflowServiceStubs stubs) {
    var unused =
        stubs
            .blockingStub()
            .withWaitForReady()
            .withDeadlineAfter(5, TimeUnit.SECONDS)
            .getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
  }

  /** The first call may still go the way that was cut off. */
  private static void askAgain(WorkflowServiceStubs stubs) {
    try {
      ask(stubs);
    } catch (StatusRuntimeException cutOff) {
      ask(stubs);
    }
  }

  private static WorkflowServiceStubs stubs(TlsFront front, Tls tls) {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder()
            .setTarget(front.address())
            .setSslContext(new TemporalTls(tls, new Hasty()).context())
            .build());
  }

  private static void show(Identity identity, Path certificate, Path key) throws IOException {
    Files.copy(identity.keyFile(), key, StandardCopyOption.REPLACE_EXISTING);
    Files.copy(identity.certificateFile(), certificate, StandardCopyOption.REPLACE_EXISTING);
  }

  private static int port(EmbeddedTemporal temporal) {
    return Integer.parseInt(temporal.address().replaceFirst(".*:", ""));
  }

  private static SSLContext trusting(Identity server, Identity... clients) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (int i = 0; i < clients.length; i++) {
      trusted.setCertificateEntry("client" + i, clients[i].certificate());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(server.keys(), server.password());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
