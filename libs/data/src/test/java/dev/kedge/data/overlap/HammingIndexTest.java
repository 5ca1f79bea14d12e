package dev.kedge.data.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HammingIndexTest {
  @Test
  void itFindsWhatALookAtEveryPairFinds() {
    Random random = new Random(1);
    long[] words = random.longs(3000).toArray();
    for (int i = 0; i < 1000; i++) {
      words[2000 + i] = changed(words[i], random.nextInt(14), random);
    }
    Copies copies = Copies.of(IntStream.range(0, words.length).asLongStream().toArray());
    HammingIndex index = new HammingIndex(words, new int[] {1500, words.length}, copies);
    for (int word = 0; word < words.length; word++) {
      long one = words[word];
      int self = word;
      int[] expected =
          IntStream.range(0, words.length)
              .filter(other -> other != self)
              .filter(other -> Long.bitCount(one ^ words[other]) <= HammingIndex.RADIUS)
              .toArray();
      assertThat(index.near(word)).containsExactlyInAnyOrder(expected);
    }
  }

  @Test
  void lookAlikesOfOneSetTakeNoOtherSetsPlace() {
    // Two thousand pictures of one colour, then two of another set, then that which is asked for.
    long[] words = new long[2003];
    words[2001] = 1;
    Copies copies = Copies.of(IntStream.range(0, words.length).asLongStream().toArray());
    int[] near = new HammingIndex(words, new int[] {2000, 2000, 2002, 2003}, copies).near(2002);
    assertThat(near).hasSize(HammingIndex.MOST + 2).contains(2000, 2001).doesNotContain(2002);
    assertThat(near[near.length - 1]).as("the farthest").isEqualTo(2001);
  }

  private static long changed(long word, int bits, Random random) {
    long changed = word;
    for (int i = 0; i < bits; i++) {
      changed ^= 1L << random.nextInt(Long.SIZE);
    }
    return changed;
  }

  @Test
  void samplesOfOneContentKnowTheirFirstAndEachOther() {
    // The upper halves of 2 << 32 and (2 << 32) + 1 are equal: no copies for all that.
    Copies copies = Copies.of(new long[] {5, 2L << 32, 5, (2L << 32) + 1, 5, 2L << 32});
    assertThat(IntStream.range(0, 6).map(copies::first)).containsExactly(0, 1, 0, 3, 0, 1);
    assertThat(copies.all(4)).containsExactly(0, 2, 4);
    assertThat(copies.all(3)).containsExactly(3);
  }
}
