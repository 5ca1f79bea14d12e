package dev.kedge.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisibleFilesTest {
  @TempDir private Path folder;

  @Test
  void namesThatAreNotUtf8AreToldApart() throws IOException {
    for (String name :
        new String[] {
          "caf%E9.png", "caf%C3%A9.png", "%82.png", "%E7%8C%AB.png", "a+%2541%E9.png"
        }) {
      Files.createFile(Path.of(URI.create(folder.toUri() + name)));
    }
    assertThat(VisibleFiles.in(folder))
        .containsOnlyKeys("caf%E9.png", "caf\u00e9.png", "%82.png", "\u732b.png", "a+%2541%E9.png");
    Files.createFile(Path.of(URI.create(folder.toUri() + "caf%25E9.png")));
    assertThatThrownBy(() -> VisibleFiles.in(folder))
        .hasMessageContaining("are called caf%E9.png")
        .hasMessageContaining("rename one");
  }

  @Test
  void linksOutOfTheFolderAndToFoldersAreRefused() throws IOException {
    Path cats = Files.createDirectory(folder.resolve("cats"));
    Files.createFile(folder.resolve("outside.png"));
    Files.createFile(cats.resolve("1.png"));
    Path link = cats.resolve("2.png");
    Files.createSymbolicLink(link, Path.of("1.png"));
    assertThat(VisibleFiles.in(cats)).containsOnlyKeys("1.png", "2.png");
    for (String target : new String[] {"../outside.png", "../cats", "nothing"}) {
      Files.delete(link);
      Files.createSymbolicLink(link, Path.of(target));
      assertThatThrownBy(() -> VisibleFiles.in(cats))
          .hasMessageContaining("2.png is a link that leads to no file in ")
          .hasMessageContaining("put a copy in its place");
    }
  }

  @Test
  void hiddenFilesAndWhatIsInHiddenFoldersIsPassedOver() throws IOException {
    for (String name : new String[] {"cat/1.png", ".git/config", "cat/.DS_Store"}) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
    assertThat(VisibleFiles.in(folder)).containsOnlyKeys("cat/1.png");
  }

  @Test
  void foldersWithoutAVisibleFileAreEmpty() throws IOException {
    Files.createDirectories(folder.resolve("big/cat"));
    Files.createFile(folder.resolve("big/cat/1.png"));
    Files.createDirectories(folder.resolve("big/cow/old"));
    Files.createDirectories(folder.resolve("big/dog"));
    Files.createFile(folder.resolve("big/dog/.DS_Store"));
    Files.createDirectories(folder.resolve(".cache/x"));

    assertThat(VisibleFiles.emptyFolders(folder, VisibleFiles.in(folder)))
        .containsExactly("big/cow", "big/cow/old", "big/dog");
  }
}
