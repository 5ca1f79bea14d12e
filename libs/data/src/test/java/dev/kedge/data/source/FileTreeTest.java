package dev.kedge.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kedge.data.BrokenPictureException;
import dev.kedge.data.HostileArchiveException;
import dev.kedge.data.ImageFolder;
import dev.kedge.data.UnusableDatasetException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTreeTest {
  private static final List<String> NAMES =
      List.of("dog/b.jpg", "cat/a.jpg", "dog/.DS_Store", "cat/.old.jpg", ".cache/cow/c.jpg");

  @TempDir private Path folder;
  @TempDir private Path scratch;

  @Test
  void aTarShowsItsFilesSortedAndWithoutLitter() throws IOException {
    assertReadable(tar(NAMES));
  }

  @Test
  void aCompressedTarIsReadLikeAPlainOne() throws IOException {
    Path packed = folder.resolve("packed");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(tar(NAMES), out);
    }
    assertReadable(packed);
  }

  @Test
  void aZipIsReadLikeATar() throws IOException {
    assertReadable(zip(NAMES));
  }

  @Test
  void classFoldersWithoutAFileAreTold() throws IOException {
    List<String> names =
        List.of("all/cat/a.jpg", "all/cow/", "all/dog/Thumbs.db", "all/.git/", "all/emu/old/");
    for (String name : names) {
      Path file = Files.createDirectories(folder.resolve("as").resolve(name));
      if (!name.endsWith("/")) {
        Files.delete(file);
        Files.createFile(file);
      }
    }
    for (Path source : List.of(tar(names), zip(names), folder.resolve("as"))) {
      try (FileTree tree = FileTree.open(source, scratch)) {
        assertThat(ImageFolder.emptyClasses(tree)).containsExactly("all/cow", "all/dog", "all/emu");
        assertThat(ImageFolder.of(tree).classes()).containsExactly("cat");
      }
    }
  }

  @Test
  void aFolderInAnArchiveIsKeptAsItIsNamed() throws IOException {
    String deep = "a/".repeat(500);
    for (Path source : List.of(tar(List.of(deep)), zip(List.of(deep)))) {
      try (FileTree tree = FileTree.open(source, scratch)) {
        assertThat(tree.emptyFolders()).containsExactly(deep.substring(0, deep.length() - 1));
      }
    }
  }

  @Test
  void pathsThatNobodyGaveAreRefused() throws IOException {
    String deep = "a/".repeat(32_000);
    Path folders = tar(List.of(deep));
    for (Path source : List.of(folders, zip(List.of(deep + "b")))) {
      assertThatExceptionOfType(HostileArchiveException.class)
          .isThrownBy(() -> FileTree.open(source, scratch))
          .withMessageContaining("letters: pack the data again")
          .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(200));
    }
  }

  @Test
  void aFolderThatHoldsOneArchiveIsThatArchive() throws IOException {
    tar(NAMES);
    assertReadable(folder);
  }

  @Test
  void aFolderIsReadLikeATar() throws IOException {
    for (String name : NAMES) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.writeString(folder.resolve(name), name);
    }
    assertReadable(folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "dog/../../x", "..", "C:/x", "dog\\..\\x", "dog/a\nb"})
  void pathsThatLeadOutsideAreRefused(String name) throws IOException {
    Path zip = zip(List.of(name));
    assertThatExceptionOfType(HostileArchiveException.class)
        .isThrownBy(() -> FileTree.open(zip, scratch))
        .withMessageContaining("pack the data again");
  }

  @Test
  void anAbsolutePathInATarIsRefused() throws IOException {
    Path tar = folder.resolve("absolute.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      out.putArchiveEntry(new TarArchiveEntry("/etc/passwd", true));
      out.closeArchiveEntry();
    }
    assertThatExceptionOfType(HostileArchiveException.class)
        .isThrownBy(() -> FileTree.open(tar, scratch))
        .withMessageContaining("'/etc/passwd' is absolute");
  }

  @Test
  void aLinkInATarIsRefused() throws IOException {
    Path tar = folder.resolve("link.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      TarArchiveEntry link = new TarArchiveEntry("dog/a.jpg", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/passwd");
      out.putArchiveEntry(link);
      out.closeArchiveEntry();
    }
    assertThatExceptionOfType(HostileArchiveException.class)
        .isThrownBy(() -> FileTree.open(tar, scratch))
        .withMessageContaining("'dog/a.jpg' is a link or a sparse file");
  }

  @Test
  void whatIsNoRegularFileHasItsPlaceAndNothingToRead() throws Exception {
    Path tar = folder.resolve("fifo.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      for (byte kind : new byte[] {TarConstants.LF_FIFO, TarConstants.LF_CHR}) {
        out.putArchiveEntry(new TarArchiveEntry("dog/%c.jpg".formatted(kind), kind));
        out.closeArchiveEntry();
      }
    }
    Path dog = Files.createDirectories(folder.resolve("as/dog"));
    for (String name : List.of("3.jpg", "6.jpg")) {
      assertThat(new ProcessBuilder("mkfifo", dog.resolve(name).toString()).start().waitFor())
          .isZero();
    }
    for (Path source : List.of(tar, folder.resolve("as"))) {
      try (FileTree tree = FileTree.open(source, scratch)) {
        assertThat(ImageFolder.of(tree).pictures()).hasSize(2);
        for (TreeFile file : tree.files()) {
          assertThat(tree.open(file)).isEmpty();
          assertThatExceptionOfType(BrokenPictureException.class)
              .isThrownBy(() -> tree.read(file))
              .withMessage("a FIFO, a socket or a device, no file");
        }
      }
    }
  }

  @Test
  void aLinkInAFolderIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("a.jpg"), folder);
    assertThatExceptionOfType(HostileArchiveException.class)
        .isThrownBy(() -> FileTree.open(folder, scratch))
        .withMessageContaining("'a.jpg' is a link");
  }

  @Test
  void theSameFileTwiceInATarIsRefused() throws IOException {
    Path tar = tar(List.of("dog/a.jpg", "./dog/a.jpg"));
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> FileTree.open(tar, scratch))
        .withMessageContaining("holds 'dog/a.jpg' twice");
  }

  @Test
  void aCompressionBombIsRefusedWhileItUnpacks() throws IOException {
    Path bomb = folder.resolve("bomb.tar.gz");
    byte[] zeros = new byte[1 << 20];
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      for (int mebibyte = 0; mebibyte <= 64; mebibyte++) {
        out.write(zeros);
      }
    }
    assertThatExceptionOfType(HostileArchiveException.class)
        .isThrownBy(() -> FileTree.open(bomb, scratch))
        .withMessageContaining("unpacks to more than");
  }

  @Test
  void aTarThatWasCutBehindALongNameIsBroken() throws IOException {
    Path tar = folder.resolve("files.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (String name : List.of("dog/a.jpg", "dog/" + "b".repeat(120))) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content(name).length);
        out.putArchiveEntry(entry);
        out.write(content(name));
        out.closeArchiveEntry();
      }
    }
    try (FileChannel whole = FileChannel.open(tar, StandardOpenOption.WRITE)) {
      whole.truncate(4 * 512);
    }
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> FileTree.open(tar, scratch))
        .withMessageContaining("it was cut off");
  }

  @Test
  void textIsNoArchive() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "hello");
    assertThatExceptionOfType(UnusableDatasetException.class)
        .isThrownBy(() -> FileTree.open(text, scratch))
        .withMessage("'a.txt' is no tar, tar.gz or zip archive and no folder");
  }

  private void assertReadable(Path source) throws IOException {
    try (FileTree tree = FileTree.open(source, scratch)) {
      assertThat(tree.files()).extracting(TreeFile::path).containsExactly("cat/a.jpg", "dog/b.jpg");
      assertThat(tree.read(tree.files().get(1))).asString().isEqualTo("dog/b.jpg");
    }
  }

  private Path tar(List<String> names) throws IOException {
    Path tar = folder.resolve("files.tar");
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content(name).length);
        out.putArchiveEntry(entry);
        out.write(content(name));
        out.closeArchiveEntry();
      }
    }
    return tar;
  }

  private Path zip(List<String> names) throws IOException {
    Path zip = folder.resolve("files.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : names) {
        out.putNextEntry(new ZipEntry(name));
        out.write(content(name));
      }
    }
    return zip;
  }

  private static byte[] content(String name) {
    return (name.endsWith("/") ? "" : name).getBytes(StandardCharsets.UTF_8);
  }
}
