package dev.kedge.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

/** A key and the certificate that it has signed for itself, of the JDK's keytool. */
final class Identity {
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final KeyStore keys;
  private final Path folder;

  /** Makes one for this machine. */
  Identity(Path folder, String name) throws IOException, InterruptedException {
    this.folder = Files.createDirectories(folder.resolve(name));
    Path file = this.folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    int code =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(this.folder.resolve("keytool.log").toFile())
            .start()
            .waitFor();
    if (code != 0) {
      throw new IllegalStateException(Files.readString(this.folder.resolve("keytool.log")));
    }
    try (InputStream in = Files.newInputStream(file)) {
      keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  KeyStore keys() {
    return keys;
  }

  char[] password() {
    return PASSWORD.clone();
  }

  Certificate certificate() {
    try {
      return keys.getCertificate("it");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate as PEM. */
  Path certificateFile() {
    try {
      return pem("certificate.pem", "CERTIFICATE", certificate().getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key as PEM. */
  Path keyFile() {
    try {
      return pem("key.pem", "PRIVATE KEY", keys.getKey("it", PASSWORD).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path pem(String file, String kind, byte[] bytes) {
    String text =
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind);
    try {
      return Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
