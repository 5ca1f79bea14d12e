package dev.kedge.dataprep;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** The ways in which people hand in files. */
enum Packing {
  FOLDER {
    @Override
    void pack(List<Packed> files, Path source) throws IOException {
      for (Packed file : files) {
        // An address alone can name a file by bytes that are no UTF-8.
        String name = URLEncoder.encode(file.bytesOfName(), ISO_8859_1).replace("+", "%20");
        Path path = Path.of(URI.create(source.toUri() + name.replace("%2F", "/")));
        Files.createDirectories(path.getParent());
        Files.write(path, file.content);
      }
    }
  },
  TAR {
    @Override
    void pack(List<Packed> files, Path source) throws IOException {
      try (OutputStream out = Files.newOutputStream(source.resolve("a.tar"))) {
        tar(files, out);
      }
    }
  },
  TAR_GZ {
    @Override
    void pack(List<Packed> files, Path source) throws IOException {
      try (OutputStream out =
          new GZIPOutputStream(Files.newOutputStream(source.resolve("a.tar.gz")))) {
        tar(files, out);
      }
    }
  },
  ZIP {
    @Override
    void pack(List<Packed> files, Path source) throws IOException {
      try (var zip = new ZipArchiveOutputStream(source.resolve("a.zip"))) {
        zip.setEncoding(ISO_8859_1.name());
        zip.setFallbackToUTF8(true);
        for (Packed file : files) {
          zip.putArchiveEntry(new ZipArchiveEntry(file.name));
          zip.write(file.content);
          zip.closeArchiveEntry();
        }
      }
    }
  };

  /** A file to pack. */
  static final class Packed {
    private final String name;
    private final Charset charset;
    private final byte[] content;

    /** One whose name is written in some charset. */
    Packed(String name, Charset charset, byte[] content) {
      this.name = name;
      this.charset = charset;
      this.content = content;
    }

    Packed(String name, byte[] content) {
      this(name, UTF_8, content);
    }

    /** A letter for each byte of the name. */
    String bytesOfName() {
      return new String(name.getBytes(charset), ISO_8859_1);
    }
  }

  /** Writes files into a folder, as they are or as one archive. */
  abstract void pack(List<Packed> files, Path source) throws IOException;

  /** The bytes of one archive. */
  byte[] pack(Path scratch, Packed... files) throws IOException {
    Path folder = Files.createTempDirectory(scratch, "packed");
    pack(List.of(files), folder);
    try (var packed = Files.newDirectoryStream(folder)) {
      return Files.readAllBytes(packed.iterator().next());
    }
  }

  private static void tar(List<Packed> files, OutputStream to) throws IOException {
    try (var tar = new TarArchiveOutputStream(to, ISO_8859_1.name())) {
      for (Packed file : files) {
        TarArchiveEntry entry = new TarArchiveEntry(file.bytesOfName(), true);
        entry.setSize(file.content.length);
        tar.putArchiveEntry(entry);
        tar.write(file.content);
        tar.closeArchiveEntry();
      }
    }
  }
}
