package dev.kedge.models.language;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How often each word stands in some texts, cut as GPT-2's tokenizer cuts before it merges. */
final class WordCounts {
  private static final Pattern WORD =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final Map<String, Long> counts = new TreeMap<>();

  /** Reads the texts once. */
  static WordCounts of(Stream<String> texts) {
    WordCounts words = new WordCounts();
    texts.forEach(words::add);
    return words;
  }

  private void add(String text) {
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      counts.merge(matcher.group(), 1L, Long::sum);
    }
  }

  /** Words in a fixed order with their counts. */
  Map<String, Long> counts() {
    return counts;
  }

  /** A word as its bytes' unsigned values. */
  static int[] bytes(String word) {
    byte[] bytes = word.getBytes(UTF_8);
    int[] values = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      values[i] = Byte.toUnsignedInt(bytes[i]);
    }
    return values;
  }
}
