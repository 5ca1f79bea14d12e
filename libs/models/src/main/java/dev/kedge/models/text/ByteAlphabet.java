package dev.kedge.models.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The 256 visible characters that stand for the 256 bytes in a byte-level vocabulary (GPT-2's
 * table): a printable Latin-1 character is itself, the n-th other byte is U+0100 + n.
 */
public final class ByteAlphabet {
  private ByteAlphabet() {}

  /** All 256 characters, printable bytes first: the order of CLIP's own ids. */
  static List<String> characters() {
    List<String> all = new ArrayList<>();
    IntStream.range(0, 256)
        .filter(ByteAlphabet::printable)
        .mapToObj(Character::toString)
        .forEach(all::add);
    int others = 256 - all.size();
    IntStream.range(0, others).mapToObj(n -> Character.toString(0x100 + n)).forEach(all::add);
    return all;
  }

  /** Each byte's character, by the byte's unsigned value. */
  public static List<String> byByte() {
    List<String> all = new ArrayList<>();
    int others = 0;
    for (int value = 0; value < 256; value++) {
      all.add(Character.toString(printable(value) ? value : 0x100 + others++));
    }
    return all;
  }

  private static boolean printable(int value) {
    return (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
  }
}
