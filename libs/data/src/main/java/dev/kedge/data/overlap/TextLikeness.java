package dev.kedge.data.overlap;

import dev.kedge.data.text.RecordText;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Texts are the same where their {@link RecordText} is; a test's text is also in a set that reads
 * more fields, if it is the same in those that the test reads, and nearly in one that reads some of
 * them, if it is the same in these. A text is nearly another, or nearly a part of it, where a share
 * of {@value #SHARE} of its runs of {@value WordGrams#WORDS} words is in that one, whatever case
 * and punctuation. Texts without a sign are like none. Those of fewer than {@value WordGrams#WORDS}
 * words may be the same by chance.
 */
final class TextLikeness implements Likeness {
  static final double SHARE = 0.7;

  /** A large document's runs take megabytes. */
  private static final int KEPT = 64;

  /** Spreads numbers over 64 bits, no two to one. */
  private static final long ODD = 0x9E3779B97F4A7C15L;

  private static final int[] NONE = {};

  private final Numbering<TextSamples> numbering;
  private final GramIndex.Builder marks;
  private final BitSet telling = new BitSet();
  private final Recent<long[]> grams = new Recent<>(KEPT, this::grams);
  private final Map<Reading, long[]> digests = new HashMap<>();
  private long words;
  private GramIndex index;

  /**
   * Of texts.
   *
   * @param bytes of memory for what brings near ones together
   */
  TextLikeness(Numbering<TextSamples> numbering, long bytes) {
    this.numbering = numbering;
    this.marks = new GramIndex.Builder(bytes);
  }

  @Override
  public long add(int sample) {
    RecordText text = text(sample);
    String[] ofText = text.words();
    words += ofText.length;
    telling.set(sample, ofText.length >= WordGrams.WORDS);
    marks.add(WordGrams.of(ofText).marks());
    return text.text().isEmpty() ? sample * ODD : text.digest();
  }

  @Override
  public boolean isTelling(int sample) {
    return telling.get(sample);
  }

  @Override
  public long tooManyWords() {
    return marks.isFull() ? words : 0;
  }

  @Override
  public void complete(Copies copies) {
    if (!marks.isFull()) {
      index = marks.build(copies);
    }
  }

  @Override
  public int[] candidates(int sample) {
    return index == null ? NONE : index.near(sample);
  }

  @Override
  public SharedFields shared(int tested, int other, Runnable tick) {
    Set<String> names = numbering.ofSet(tested).names();
    Set<String> common = new HashSet<>(names);
    common.retainAll(numbering.ofSet(other).names());
    if (common.isEmpty() || names.equals(numbering.ofSet(other).names())) {
      return SharedFields.NONE;
    }
    return SharedFields.of(
        common.equals(names),
        digests(new Reading(tested, common), tick),
        digests(new Reading(other, common), tick));
  }

  /** Some fields of a set. */
  private record Reading(int set, Set<String> fields) {
    Reading {
      fields = Set.copyOf(fields);
    }
  }

  private long[] digests(Reading reading, Runnable tick) {
    return digests.computeIfAbsent(
        reading,
        unused -> {
          TextSamples samples = numbering.ofSet(reading.set());
          long[] all = new long[samples.size()];
          for (int i = 0; i < all.length; i++) {
            tick.run();
            RecordText text = samples.text(i, reading.fields());
            all[i] = text.words().length >= WordGrams.WORDS ? text.digest() : 0;
          }
          return all;
        });
  }

  @Override
  public boolean isNear(int sample, int other) {
    long[] own = grams.get(sample);
    long[] others = grams.get(other);
    long shared = Arrays.stream(own).filter(gram -> Arrays.binarySearch(others, gram) >= 0).count();
    return shared > 0 && shared >= SHARE * own.length;
  }

  private long[] grams(int sample) {
    return WordGrams.of(text(sample).words()).distinct();
  }

  private RecordText text(int sample) {
    return numbering.samples(sample).text(numbering.place(sample));
  }
}
