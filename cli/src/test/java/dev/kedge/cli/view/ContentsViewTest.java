package dev.kedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kedge.v1.DatasetContents;
import dev.kedge.v1.DatasetVersion;
import org.junit.jupiter.api.Test;

class ContentsViewTest {
  @Test
  void everythingThatWasFoundIsShown() {
    DatasetContents.Builder contents =
        DatasetContents.newBuilder()
            .setSamples(1200)
            .setBytes(34_567)
            .putClasses("dog", 200)
            .putClasses("cat", 1000)
            .putFormats("jpg", 1200)
            .setWidth(DatasetContents.Spread.newBuilder().setLeast(5).setMedian(9).setMost(3000))
            .setHeight(DatasetContents.Spread.newBuilder().setLeast(4).setMedian(4).setMost(4))
            .setDuplicates(3)
            .setQuarantined(2)
            .putReasons("damaged", 2);
    contents.addQuarantineBuilder().setPath("cat/1.jpg").setReason("damaged");
    assertThat(ContentsView.of(DatasetVersion.newBuilder().setContents(contents).build()))
        .isEqualTo(
            """
            samples      1,200, 34,567 bytes
            classes      cat 1,000, dog 200
            formats      jpg 1,200
            width        5 to 3,000, half of them up to 9 pixels
            height       4 to 4, half of them up to 4 pixels
            duplicates   3 are earlier samples again
            left out     2
              2: damaged
              cat/1.jpg (damaged)""");
  }

  @Test
  void foldersThatMayBeClassesAreWarnedOf() {
    DatasetVersion.Builder version =
        DatasetVersion.newBuilder()
            .setName("projects/p/datasets/pets/versions/1")
            .setArtifact("sha256:ab")
            .setRecords(1)
            .addClasses("cat")
            .addEmptyFolders("cow")
            .addEmptyFolders("dog")
            .setEmptyFolderCount(2);
    assertThat(RegistryView.dataset(version.build()))
        .isEqualTo(
            """
            datasets/pets/versions/1: 1 record in 1 class (cat), sha256:ab
            warning: 2 folders are without a file: cow, dog; if a class is missing, put its pictures \
            there and import again""");
    assertThat(RegistryView.dataset(version.setEmptyFolderCount(21).build()))
        .contains("warning: 21 folders are without a file: cow, dog, …; if a class");
  }

  @Test
  void namesThatTheDataBringsStayInTheirLine() {
    DatasetContents.Builder contents =
        DatasetContents.newBuilder().putClasses("a\n\u001b[2Jb", 1).putReasons("c\nd", 1);
    contents.addQuarantineBuilder().setPath("e\nf").setReason("damaged");
    DatasetVersion.Builder version =
        DatasetVersion.newBuilder()
            .setContents(contents)
            .addEmptyFolders("g\nh")
            .setEmptyFolderCount(1);

    assertThat(ContentsView.of(version.build()))
        .contains("a\\n\\u001b[2Jb 1\n", ": c\\nd\n", "  e\\nf (damaged)");
    assertThat(RegistryView.dataset(version.build()).lines()).hasSize(2);
    assertThat(RegistryView.dataset(version.addFields("i\n\u001b[2J").build()))
        .contains("with the fields i\\n\\u001b[2J,");
  }

  @Test
  void whatNoExperimentHasPreparedSaysSo() {
    assertThat(ContentsView.of(DatasetVersion.getDefaultInstance())).startsWith("not prepared yet");
  }
}
