package dev.kedge.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * An index column by column: some hundred bytes a sample, a third of what as many objects take. A
 * sample is an object from when it is asked for.
 */
final class SampleColumns extends AbstractList<IndexedSample> implements RandomAccess {
  private static final int DIGEST_BYTES = 32;
  private static final HexFormat HEX = HexFormat.of();

  private final byte[] names;
  private final int[] nameEnds;
  private final byte[] digests;
  private final int[] labels;
  private final int[] shards;
  private final long[] offsets;
  private final int[] lengths;
  private final Hashes looks;
  private final Hashes texts;
  private final Map<Integer, List<String>> captions;

  private SampleColumns(Builder built) {
    names = built.names.toByteArray();
    nameEnds = built.nameEnds.build().toArray();
    digests = built.digests.toByteArray();
    labels = built.labels.build().toArray();
    shards = built.shards.build().toArray();
    offsets = built.offsets.build().toArray();
    lengths = built.lengths.build().toArray();
    looks = built.looks.build();
    texts = built.texts.build();
    captions = built.captions;
  }

  @Override
  public int size() {
    return nameEnds.length;
  }

  @Override
  public IndexedSample get(int sample) {
    int start = sample == 0 ? 0 : nameEnds[sample - 1];
    return new IndexedSample(
        new String(names, start, nameEnds[sample] - start, StandardCharsets.UTF_8),
        labels[sample],
        HEX.formatHex(digests, sample * DIGEST_BYTES, (sample + 1) * DIGEST_BYTES),
        shards[sample],
        offsets[sample],
        lengths[sample],
        looks.get(sample),
        captions.get(sample),
        texts.get(sample));
  }

  /** 64 bits of each sample that has any. */
  private static final class Hashes {
    private final long[] bits;
    private final BitSet present;

    Hashes(long[] bits, BitSet present) {
      this.bits = bits;
      this.present = present;
    }

    String get(int sample) {
      return present.get(sample) ? HEX.toHexDigits(bits[sample]) : "";
    }
  }

  private static final class HashesBuilder {
    private final LongStream.Builder bits = LongStream.builder();
    private final BitSet present = new BitSet();
    private int size;

    void add(String hexadecimal) {
      present.set(size++, !hexadecimal.isEmpty());
      bits.add(hexadecimal.isEmpty() ? 0 : HexFormat.fromHexDigitsToLong(hexadecimal));
    }

    Hashes build() {
      return new Hashes(bits.build().toArray(), present);
    }
  }

  /** Takes the samples in. */
  static final class Builder {
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();
    private final IntStream.Builder nameEnds = IntStream.builder();
    private final ByteArrayOutputStream digests = new ByteArrayOutputStream();
    private final IntStream.Builder labels = IntStream.builder();
    private final IntStream.Builder shards = IntStream.builder();
    private final LongStream.Builder offsets = LongStream.builder();
    private final IntStream.Builder lengths = IntStream.builder();
    private final HashesBuilder looks = new HashesBuilder();
    private final HashesBuilder texts = new HashesBuilder();
    private final Map<Integer, List<String>> captions = new HashMap<>();
    private int size;

    /**
     * The next sample.
     *
     * @throws UnusableDatasetException if one of its digests is none
     */
    void add(IndexedSample sample) {
      names.writeBytes(sample.source().getBytes(StandardCharsets.UTF_8));
      nameEnds.add(names.size());
      try {
        digests.write(HEX.parseHex(sample.digest()), 0, DIGEST_BYTES);
        looks.add(sample.look());
        texts.add(sample.text());
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new UnusableDatasetException(
            "the index is damaged at %s: prepare the data set again".formatted(sample), e);
      }
      if (!sample.captions().isEmpty()) {
        captions.put(size, sample.captions());
      }
      size++;
      labels.add(sample.label());
      shards.add(sample.shard());
      offsets.add(sample.offset());
      lengths.add(sample.length());
    }

    SampleColumns build() {
      return new SampleColumns(this);
    }
  }
}
