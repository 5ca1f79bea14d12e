package dev.kedge.cli.transfer;

import dev.kedge.cli.UserMistakeException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * A folder as one tar. Equal files in equal folders give equal bytes: entries are sorted, and carry
 * neither times nor owners. What is no regular file is in it as a FIFO, so that it is counted and
 * told among what is left out.
 *
 * @param path the tar's path in the upload
 * @param files the files by their path in the folder
 * @param emptyFolders folders in it without a file, which may be classes whose pictures are missing
 */
record FolderTar(String path, SortedMap<String, Path> files, SortedSet<String> emptyFolders)
    implements Upload {
  private static final int MODE = 0100644;
  private static final int FOLDER_MODE = 040755;

  static FolderTar of(Path folder) throws IOException {
    SortedMap<String, Path> files = VisibleFiles.in(folder);
    if (files.isEmpty()) {
      throw new UserMistakeException(
          "%s has no files: expected pictures as CLASS/NAME.jpg, or .jsonl or .txt files"
              .formatted(folder));
    }
    return new FolderTar(
        folder.toAbsolutePath().normalize().getFileName() + ".tar",
        files,
        VisibleFiles.emptyFolders(folder, files));
  }

  @Override
  public long size() throws IOException {
    long size = 0;
    for (Path file : files.values()) {
      size += Files.isRegularFile(file) ? Files.size(file) : 0;
    }
    return size;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    try (var tar = new TarArchiveOutputStream(new KeptOpen(out), StandardCharsets.UTF_8.name())) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (String folder : emptyFolders) {
        tar.putArchiveEntry(entry(folder + "/", FOLDER_MODE));
        tar.closeArchiveEntry();
      }
      for (Map.Entry<String, Path> file : files.entrySet()) {
        if (Files.isRegularFile(file.getValue())) {
          add(tar, file.getKey(), file.getValue());
        } else {
          tar.putArchiveEntry(
              plain(new TarArchiveEntry(file.getKey(), TarConstants.LF_FIFO), MODE));
          tar.closeArchiveEntry();
        }
      }
    }
  }

  private static void add(TarArchiveOutputStream tar, String name, Path file) throws IOException {
    TarArchiveEntry entry = entry(name, MODE);
    entry.setSize(Files.size(file));
    tar.putArchiveEntry(entry);
    Files.copy(file, tar);
    tar.closeArchiveEntry();
  }

  private static TarArchiveEntry entry(String name, int mode) {
    return plain(new TarArchiveEntry(name), mode);
  }

  private static TarArchiveEntry plain(TarArchiveEntry entry, int mode) {
    entry.setMode(mode);
    entry.setModTime(0);
    entry.setIds(0, 0);
    entry.setNames("", "");
    return entry;
  }

  /** The upload ends by its own call, not with the tar. */
  private static final class KeptOpen extends FilterOutputStream {
    KeptOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      out.write(bytes, offset, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
