package dev.kedge.data.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.data.source.FileTree;
import dev.kedge.data.text.PreparedText;
import dev.kedge.data.text.TextFormat;
import dev.kedge.data.text.TextPreparation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextOverlapTest {
  private static final String SENTENCE =
      "Which of the following drugs is the first choice for the treatment of absence seizures?";

  @TempDir private Path folder;

  @Test
  void theSameTextWithOtherBlanksAndOtherSignsForTheSameLettersIsTheSame() throws IOException {
    Overlaps.Between between =
        compare(
            records(record("a", "Naïve  cells\\n(ﬁrst) of all that there are", "x")),
            records(
                record("b", "Nai\\u0308ve cells (first) of all that there are", "x"),
                record("c", "other", "x")));
    assertThat(between.exact().samples()).containsExactly("b");
    assertThat(between.exact().partners()).containsExactly("a");
  }

  @Test
  void anotherAnswerIsAnotherRecordButNearlyTheSame() throws IOException {
    Overlaps.Between between =
        compare(
            records(record("a", SENTENCE, "ethosuximide")),
            records(record("b", SENTENCE, "phenytoin")));
    assertThat(between.exact().samples()).isEmpty();
    assertThat(between.near().samples()).containsExactly("b");
  }

  @Test
  void otherCaseAndPunctuationAreNearlyTheSameHoweverShort() throws IOException {
    Overlaps.Between between =
        compare(
            records(record("a", SENTENCE, "x"), record("s", "What is it?", "y")),
            records(
                record("b", SENTENCE.toUpperCase(java.util.Locale.ROOT).replace("?", " !!"), "x"),
                record("t", "what — is it", "y"),
                record("u", "What was it?", "y")));
    assertThat(between.exact().samples()).isEmpty();
    assertThat(between.near().samples()).containsExactly("b", "t");
    assertThat(between.near().partners()).containsExactly("a", "s");
  }

  @Test
  void fieldsThatAreNotReadDoNotCount() throws IOException {
    TextSamples train = samples("train", Set.of("q"), record("a", SENTENCE, "x"));
    TextSamples test = samples("test", Set.of("q"), record("b", SENTENCE, "y"));
    assertThat(compare(train, test).exact().samples()).containsExactly("b");
  }

  @Test
  void aTestThatReadsFewerFieldsThanWhatWasLearntIsInIt() throws IOException {
    Overlaps.Between between =
        compare(
            samples("train", Set.of("q", "answers"), record("a", SENTENCE, "x")),
            samples(
                "test",
                Set.of("q"),
                record("b", SENTENCE, "y"),
                record("c", SENTENCE.replace("drugs", "drug"), "x"),
                record("d", "Which one of all of these is the first?", "x")));
    assertThat(between.exact().samples()).containsExactly("b");
    assertThat(between.exact().partners()).containsExactly("a");
    assertThat(between.near().samples()).isEmpty();
  }

  @Test
  void aTestThatReadsMoreFieldsIsNearlyInWhatHasTheSameInThoseThatBothRead() throws IOException {
    String many = String.join(" ", words(60, 1));
    Overlaps.Between between =
        compare(
            samples("train", Set.of("q"), record("a", SENTENCE, "x")),
            samples(
                "test",
                Set.of("q", "answers"),
                record("b", SENTENCE, many),
                record("c", SENTENCE.replace("drugs", "drug"), many)));
    assertThat(between.exact().samples()).isEmpty();
    assertThat(between.near().samples()).containsExactly("b");
    assertThat(between.near().partners()).containsExactly("a");
  }

  @Test
  void neitherAFormOfWordsNorAFewOfThemInTheFieldsThatBothReadAreAnOverlap() throws IOException {
    String form = "Answer the following question with a single letter and nothing else";
    String[] lines =
        IntStream.range(0, 33)
            .mapToObj(i -> fields("r" + i, form, "few words", String.join(" ", words(30, i))))
            .toArray(String[]::new);
    TextSamples train = samples("train", Set.of("form", "label", "one"), lines);
    TextSamples test =
        samples(
            "test",
            Set.of("form", "label", "two"),
            fields("t", form, "few words", String.join(" ", words(30, 99))));
    assertThat(compare(train, test).near().samples()).isEmpty();
    TextSamples fewer =
        samples("fewer", Set.of("form", "label", "one"), Arrays.copyOf(lines, lines.length - 1));
    assertThat(compare(fewer, test).near().samples()).containsExactly("t");
    TextSamples labels =
        samples("labels", Set.of("label", "two"), fields("u", "", "few words", ""));
    assertThat(compare(train, labels).near().samples()).isEmpty();
  }

  private static String fields(String id, String form, String label, String rest) {
    return "{\"id\": \"%s\", \"form\": \"%s\", \"label\": \"%s\", \"one\": \"%s\", \"two\": \"%s\"}"
        .formatted(id, form, label, rest, rest);
  }

  @Test
  void aDocumentThatIsAPartOfALargerOneIsFoundAndOneOfTheSameWordsIsNot() throws IOException {
    List<String> words = words(3000, 1);
    TextSamples train = documents("train", String.join(" ", words));
    TextSamples test =
        documents(
            "test",
            String.join(" ", words.subList(1200, 1300)),
            String.join(" ", words(100, 2)),
            String.join(" ", words.subList(100, 130)) + " " + String.join(" ", words(70, 3)));
    Overlaps.Between between = compare(train, test);
    assertThat(between.exact().samples()).isEmpty();
    assertThat(between.near().samples()).containsExactly("0.txt");
  }

  @Test
  void emptyTextsAreLikeNoneAndShortOnesThatAreTheSameAreNearlySo() throws IOException {
    String empty = record("e", "", "").replace("3", "\"\"");
    Overlaps.Between between =
        compare(
            records(empty, empty.replace("\"e\"", "\"f\""), record("a", "What is it?", "x")),
            records(empty, record("b", "What is it?", "x")));
    assertThat(between.exact().samples()).isEmpty();
    assertThat(between.near().samples()).containsExactly("b");
    assertThat(between.near().partners()).containsExactly("a");
  }

  @Test
  void nearTextsAreNotLookedForBeyondTheMemoryForItAndTheSameOnesAre() throws IOException {
    List<ComparedSet<TextSamples>> sets =
        List.of(
            new ComparedSet<>("train", Purpose.TRAINING, records(record("a", SENTENCE, "x"))),
            new ComparedSet<>(
                "test",
                Purpose.REPORT,
                records(record("b", SENTENCE, "x"), record("c", SENTENCE, "y"))));
    Overlaps whole = Overlaps.ofTexts(sets, 1000, (steps, all) -> {});
    assertThat(whole.tooManyWords()).isZero();
    assertThat(whole.between().get(0).near().samples()).containsExactly("c");
    Overlaps exact = Overlaps.ofTexts(sets, 100, (steps, all) -> {});
    assertThat(exact.tooManyWords()).isEqualTo(3 * 17);
    assertThat(exact.between().get(0).exact().samples()).containsExactly("b");
    assertThat(exact.between().get(0).near().samples()).isEmpty();
  }

  @Test
  void aFormOfWordsThatThousandsShareMakesThemNoDuplicates() throws IOException {
    String form = "Answer the following question about %s with a single letter and nothing else: ";
    String[] lines =
        IntStream.range(0, 3000)
            .mapToObj(i -> record("r" + i, form + String.join(" ", words(30, i)), "x"))
            .toArray(String[]::new);
    Overlaps overlaps =
        Overlaps.ofTexts(
            List.of(new ComparedSet<>("t", Purpose.TRAINING, records(lines))), (steps, all) -> {});
    assertThat(overlaps.within().get(0).near().count()).isZero();
  }

  private static List<String> words(int count, int seed) {
    Random random = new Random(seed);
    return random.ints(count, 0, 200).mapToObj("w%d"::formatted).collect(Collectors.toList());
  }

  private static String record(String id, String question, String answer) {
    return "{\"id\": \"%s\", \"q\": \"%s\", \"answers\": [\"%s\", 3]}"
        .formatted(id, question, answer);
  }

  private int sets;

  private TextSamples records(String... lines) throws IOException {
    return samples("set" + sets++, Set.of(), lines);
  }

  private TextSamples samples(String name, Set<String> fields, String... lines) throws IOException {
    Path source = Files.createDirectories(folder.resolve(name));
    Files.write(source.resolve("all.jsonl"), List.of(lines));
    return new TextSamples(prepared(source, TextFormat.RECORDS), fields);
  }

  private TextSamples documents(String name, String... texts) throws IOException {
    Path source = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < texts.length; i++) {
      Files.writeString(source.resolve(i + ".txt"), texts[i]);
    }
    return new TextSamples(prepared(source, TextFormat.TEXT), Set.of());
  }

  private PreparedText prepared(Path source, TextFormat format) throws IOException {
    Path target = folder.resolve("prepared-" + source.getFileName());
    try (FileTree tree = FileTree.open(source, folder)) {
      new TextPreparation(0).prepare(tree, format, target, (done, quarantined) -> {});
    }
    return PreparedText.open(target);
  }

  private static Overlaps.Between compare(TextSamples train, TextSamples test) {
    return Overlaps.ofTexts(
            List.of(
                new ComparedSet<>("train", Purpose.TRAINING, train),
                new ComparedSet<>("test", Purpose.REPORT, test)),
            (steps, all) -> {})
        .between()
        .get(0);
  }
}
