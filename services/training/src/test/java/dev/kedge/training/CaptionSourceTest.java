package dev.kedge.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.data.PreparedDataset;
import dev.kedge.models.images.LabelledPictures;
import dev.kedge.models.text.CaptionTemplates;
import dev.kedge.models.train.CaptionChoice;
import dev.kedge.testing.ColouredPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionSourceTest {
  private static final List<String> OF_CLASSES = List.of("a {} thing", "all {}");

  @TempDir private Path disk;
  private final List<String> tokenised = new ArrayList<>();

  @Test
  void whatIsSaidOfAClassIsTokenisedOnce() throws IOException {
    CaptionChoice choice = choice(OF_CLASSES);
    assertThat(tokenised).hasSize(6).doesNotHaveDuplicates();
    assertThat(draws(choice, List.of())).contains("a blue thing", "all green");
    assertThat(tokenised).hasSize(6);
  }

  @Test
  void besideThatAPicturesOwnCaptionsAreTokenisedWhenTheyAreDrawn() throws IOException {
    CaptionChoice choice = choice(List.of("a {} thing", "{caption}", "all {}"));
    assertThat(tokenised).hasSize(6).doesNotContain("mine");
    List<String> drawn = draws(choice, List.of("mine"));
    assertThat(tokenised.subList(6, tokenised.size()))
        .containsOnly("mine")
        .hasSize((int) drawn.stream().filter("mine"::equals).count());
    assertThat(drawn).contains("a red thing");
  }

  private CaptionChoice choice(List<String> templates) throws IOException {
    Path prepared = ColouredPictures.prepareCaptioned(disk, 1, 1, "a {}");
    PreparedDataset dataset = PreparedDataset.open(prepared);
    var part = new LabelledPictures.Part(dataset, List.of(0, 1, 2));
    return new CaptionSource(part, new CaptionTemplates(templates)).choice(this::tokenise);
  }

  /** Each letter is a token. */
  private long[] tokenise(String text) {
    tokenised.add(text);
    return text.chars().asLongStream().toArray();
  }

  private static List<String> draws(CaptionChoice choice, List<String> own) {
    Random random = new Random(1);
    return IntStream.range(0, 60).mapToObj(i -> text(choice.draw(i % 3, own, random))).toList();
  }

  private static String text(long[] ids) {
    var text = new StringBuilder();
    for (long id : ids) {
      text.append((char) id);
    }
    return text.toString();
  }
}
