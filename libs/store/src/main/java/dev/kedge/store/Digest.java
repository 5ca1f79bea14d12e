package dev.kedge.store;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * SHA-256 of some bytes, written {@code sha256:HEX} with 64 lower-case hexadecimal digits.
 *
 * @param hex the digits alone
 */
public record Digest(String hex) implements Comparable<Digest> {
  private static final String PREFIX = "sha256:";
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /** Refuses anything but 64 lower-case hexadecimal digits. */
  public Digest {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "\"" + hex + "\" is no SHA-256: write 64 lower-case hexadecimal digits");
    }
  }

  /** Reads the textual form. */
  @JsonCreator
  public static Digest parse(String text) {
    if (!text.startsWith(PREFIX)) {
      throw new IllegalArgumentException("\"" + text + "\" is no digest: write sha256:HEX");
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  /** Digest of bytes in memory. */
  public static Digest of(byte[] bytes) {
    MessageDigest hash = algorithm();
    hash.update(bytes);
    return finish(hash);
  }

  /** Digest of a file, read once through. */
  public static Digest of(Path file) throws IOException {
    MessageDigest hash = algorithm();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return finish(hash);
  }

  /** Ends a hash begun with {@link #algorithm}. */
  public static Digest finish(MessageDigest hash) {
    return new Digest(HexFormat.of().formatHex(hash.digest()));
  }

  /** A fresh SHA-256. */
  public static MessageDigest algorithm() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  @JsonValue
  public String toString() {
    return PREFIX + hex;
  }
}
