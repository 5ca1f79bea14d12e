package dev.kedge.data.overlap;

import dev.kedge.data.text.RecordText;
import java.util.Arrays;

/**
 * Texts are the same where their {@link RecordText} is. A text is nearly another, or nearly a part
 * of it, where a share of {@value #SHARE} of its runs of {@value WordGrams#WORDS} words is in that
 * one, whatever case and punctuation.
 */
final class TextLikeness implements Likeness {
  static final double SHARE = 0.7;

  /** A large document's runs take megabytes. */
  private static final int KEPT = 64;

  private final Numbering<TextSamples> numbering;
  private final GramIndex.Builder marks = new GramIndex.Builder();
  private final Recent<long[]> grams = new Recent<>(KEPT, this::grams);
  private GramIndex index;

  TextLikeness(Numbering<TextSamples> numbering) {
    this.numbering = numbering;
  }

  @Override
  public long add(int sample) {
    RecordText text = text(sample);
    marks.add(WordGrams.of(text.words()).marks());
    return text.digest();
  }

  @Override
  public void complete(Copies copies) {
    index = marks.build(copies);
  }

  @Override
  public int[] candidates(int sample) {
    return index.near(sample);
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
