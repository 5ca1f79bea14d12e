package dev.kedge.experiment.payload;

import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of what Temporal keeps: the first seals, all open. So a new one is first given to all
 * processes behind the old one, and then before it.
 */
public final class PayloadKeys {
  /** The setting that names their file. */
  public static final String SETTING = "kedge.temporal.payload-keys";

  private static final Pattern LINE = Pattern.compile("([A-Za-z0-9._-]{1,64})\\s+(\\S+)");
  private static final int KEY_BYTES = 32;

  private final List<PayloadKey> keys;
  private final String place;

  private PayloadKeys(List<PayloadKey> keys, String place) {
    this.keys = List.copyOf(keys);
    this.place = place;
  }

  /** No keys: nothing is sealed, and nothing that is sealed can be read. */
  public static PayloadKeys none() {
    return new PayloadKeys(List.of(), "");
  }

  /**
   * Reads a file with a key on each line: its id, and 32 bytes in Base64. Empty lines and those
   * that begin with {@code #} are passed over.
   *
   * @throws IllegalStateException if it cannot be read or has no keys, naming the setting; a key is
   *     in no message
   */
  public static PayloadKeys read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s is %s, which cannot be read: %s".formatted(SETTING, file, e), e);
    }
    List<PayloadKey> keys = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        keys.add(key(line, keys, "line %d of %s (%s)".formatted(i + 1, file, SETTING)));
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalStateException(
          "%s is %s, which has no keys: write `echo \"first $(openssl rand -base64 32)\"` into it"
              .formatted(SETTING, file));
    }
    return new PayloadKeys(keys, file.toString());
  }

  private static PayloadKey key(String line, List<PayloadKey> before, String place) {
    Matcher matcher = LINE.matcher(line);
    byte[] secret = matcher.matches() ? decoded(matcher.group(2)) : new byte[0];
    if (secret.length != KEY_BYTES) {
      throw new IllegalStateException(
          "%s is no key: write an id of letters, digits, dots and dashes, a space, and 32 bytes in Base64 (openssl rand -base64 32)"
              .formatted(place));
    }
    String id = matcher.group(1);
    if (before.stream().anyMatch(other -> other.id().equals(id))) {
      throw new IllegalStateException(
          "%s has a second key with the id %s: give it another id".formatted(place, id));
    }
    return new PayloadKey(id, new SecretKeySpec(secret, "AES"));
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException none) {
      return new byte[0];
    }
  }

  /**
   * How values become what Temporal keeps. Without keys it is Temporal's own way, but for what is
   * said where something is sealed.
   */
  public DataConverter converter() {
    return new CodecDataConverter(
        DefaultDataConverter.newDefaultInstance(),
        List.of(new SealedPayloads(this)),
        !keys.isEmpty());
  }

  /** The key that seals, if anything is sealed. */
  Optional<PayloadKey> first() {
    return keys.stream().findFirst();
  }

  /** A key that opens. */
  Optional<PayloadKey> find(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  /** Where they are from, and what is there, for people. */
  @Override
  public String toString() {
    return keys.isEmpty()
        ? SETTING + " is not set"
        : "%s (%s) has the keys %s".formatted(place, SETTING, keys);
  }
}
