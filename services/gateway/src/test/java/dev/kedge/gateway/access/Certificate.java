package dev.kedge.gateway.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The gateway is in production, and has a certificate that it has signed for itself. */
public final class Certificate implements QuarkusTestResourceLifecycleManager {
  private static final String PASSWORD = "changeit";
  private static Path file;

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "certificate").toAbsolutePath();
      Path keys = folder.resolve("keys.p12");
      file = folder.resolve("certificate.pem");
      keytool(keys, "-genkeypair", "-keyalg", "EC", "-dname", "CN=it", "-ext", "san=dns:localhost");
      keytool(keys, "-exportcert", "-rfc", "-file", file.toString());
      return Map.of(
          "kedge.production", "true",
          "quarkus.http.host", "0.0.0.0",
          "quarkus.http.insecure-requests", "disabled",
          "quarkus.http.test-ssl-port", "0",
          "quarkus.http.ssl.certificate.key-store-file", keys.toString(),
          "quarkus.http.ssl.certificate.key-store-password", PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As PEM, for who believes it. */
  static Path file() {
    return file;
  }

  /** Believes it, and nothing else. */
  static SSLContext trusting() throws GeneralSecurityException, IOException {
    KeyStore believed = KeyStore.getInstance("PKCS12");
    believed.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      believed.setCertificateEntry(
          "it", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(believed);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static void keytool(Path keys, String... more) throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command = new ArrayList<>(List.of(keytool));
    command.addAll(List.of(more));
    command.addAll(List.of("-alias", "it", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", keys.toString(), "-storepass", PASSWORD));
    Path said = keys.resolveSibling("keytool.log");
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException(Files.readString(said));
    }
  }

  @Override
  public void stop() {}
}
