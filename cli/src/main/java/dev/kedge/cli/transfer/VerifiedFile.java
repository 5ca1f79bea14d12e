package dev.kedge.cli.transfer;

import com.google.protobuf.ByteString;
import dev.kedge.v1.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file being received, checked against the digest that was announced. */
final class VerifiedFile implements AutoCloseable {
  private final File expected;
  private final MessageDigest digest = sha256();
  private final OutputStream out;

  /** Opens the file; refuses a path that leads out of the folder. */
  VerifiedFile(Path folder, File expected) throws IOException {
    Path file = folder.resolve(expected.getPath()).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw new IOException("refused a file that leads out of the folder: " + expected.getPath());
    }
    Files.createDirectories(file.getParent());
    this.expected = expected;
    this.out = new DigestOutputStream(Files.newOutputStream(file), digest);
  }

  void write(ByteString data) throws IOException {
    data.writeTo(out);
  }

  /** Closes the file and checks its bytes. */
  void finish() throws IOException {
    out.close();
    String received = "sha256:" + HexFormat.of().formatHex(digest.digest());
    if (!received.equals(expected.getDigest())) {
      throw new IOException(
          "%s arrived as %s instead of %s: try again"
              .formatted(expected.getPath(), received, expected.getDigest()));
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
