package dev.kedge.cli.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;

/**
 * Names of files, which are bytes: UTF-8 where they are; else bytes beyond ASCII, and the sign
 * {@code %}, are written as {@code %E9}, so that different names stay different.
 */
final class FileName {
  private static final char UNREADABLE = '\uFFFD';

  private FileName() {}

  /** The path of a file in a folder, with {@code /}, whatever the terminal's locale. */
  static String of(Path folder, Path file) {
    String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
    return name.indexOf(UNREADABLE) < 0 ? name : decoded(bytes(folder, file));
  }

  /** Only as an address does a path tell its bytes. */
  private static byte[] bytes(Path folder, Path file) {
    String address = folder.toUri().relativize(file.toUri()).getRawPath();
    return URLDecoder.decode(address.replace("+", "%2B"), ISO_8859_1).getBytes(ISO_8859_1);
  }

  private static String decoded(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return escaped(bytes);
    }
  }

  private static String escaped(byte[] bytes) {
    var name = new StringBuilder();
    for (byte each : bytes) {
      if (each < 0 || each == '%') {
        name.append("%%%02X".formatted(each));
      } else {
        name.append((char) each);
      }
    }
    return name.toString();
  }
}
