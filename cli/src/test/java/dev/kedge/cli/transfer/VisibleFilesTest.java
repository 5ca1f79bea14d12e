package dev.kedge.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

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
        new String[] {"caf%E9.png", "caf%E8.png", "%E7%8C%AB.png", "a+%2541%E9.png"}) {
      Files.createFile(Path.of(URI.create(folder.toUri() + name)));
    }
    assertThat(VisibleFiles.in(folder))
        .containsOnlyKeys("caf\u00e9.png", "caf\u00e8.png", "\u732b.png", "a+%41\u00e9.png");
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
}
