package dev.kedge.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShareTest {
  @Test
  void everyThingIsInOneShareWhateverTheirNumber() {
    List<Integer> all = IntStream.range(0, 10).boxed().toList();
    for (int count : new int[] {1, 2, 3, 7, 10, 13}) {
      List<Integer> joined = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        joined.addAll(new Share(i, count).of(all));
      }
      assertThat(joined).as("%d shares", count).isEqualTo(all);
    }
  }

  @Test
  void filesGoByTheirSizesAndStayWhole() {
    long[] sizes = {0, 900, 10, 10, 80, 0};
    assertThat(ends(sizes, 1)).containsExactly(6);
    assertThat(ends(sizes, 2)).containsExactly(2, 6);
    assertThat(ends(sizes, 3)).containsExactly(2, 2, 6);
    assertThat(ends(new long[0], 3)).containsExactly(0, 0, 0);
  }

  private static List<Integer> ends(long[] sizes, int count) {
    List<Integer> ends = new ArrayList<>();
    int before = 0;
    for (int i = 0; i < count; i++) {
      Share share = new Share(i, count);
      assertThat(share.first(sizes)).isEqualTo(before);
      before = share.end(sizes);
      ends.add(before);
    }
    return ends;
  }

  @Test
  void aSourceOfSixteenShardsAJobIsWorthAsManyAsItsPieces() {
    assertThat(Share.worth(3, 3)).isEqualTo(1);
    assertThat(Share.worth(31, 31)).isEqualTo(1);
    assertThat(Share.worth(160, 4)).isEqualTo(4);
    assertThat(Share.worth(160, 160)).isEqualTo(10);
    assertThat(Share.worth(100_000, 100_000)).isEqualTo(64);
    assertThat(Share.worth(0, 0)).isEqualTo(1);
  }

  @Test
  void aShareThatIsNotThereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Share(3, 3))
        .withMessageContaining("share 3 of 3");
  }
}
