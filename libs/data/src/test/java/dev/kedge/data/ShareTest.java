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
  void everyByteIsInOneShareWhateverTheirNumber() {
    for (long bytes : new long[] {0, 1, 1000, (1L << 53) + 7}) {
      for (int count : new int[] {1, 2, 3, 64}) {
        long before = 0;
        for (int i = 0; i < count; i++) {
          assertThat(new Share(i, count).first(bytes)).isEqualTo(before);
          before = new Share(i, count).end(bytes);
        }
        assertThat(before).isEqualTo(bytes);
      }
    }
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
