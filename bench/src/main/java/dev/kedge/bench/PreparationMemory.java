package dev.kedge.bench;

import dev.kedge.data.DatasetPreparation;
import dev.kedge.data.FinishedParts;
import dev.kedge.data.PictureLayout;
import dev.kedge.data.source.FileTree;
import dev.kedge.data.text.Columns;
import dev.kedge.data.text.TextFormat;
import dev.kedge.data.text.TextPreparation;
import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The most memory that preparing many small records or pictures takes, as a row of a table. */
@Command(name = "preparation", description = "The memory of preparing data.")
public final class PreparationMemory implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;

  @Option(names = "--folder", required = true, description = "Empty; data and result lie there.")
  private Path folder;

  @Option(names = "--records", description = "How many lines of JSON.")
  private int records;

  @Option(names = "--pictures", description = "How many pictures of 24 x 24, in one tar.")
  private int pictures;

  @Option(names = "--make", description = "Makes the data, and prepares nothing.")
  private boolean make;

  /** Prints one row. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new PreparationMemory()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    if (make) {
      if (records > 0) {
        writeRecords(source.resolve("a.jsonl"));
      } else {
        writePictures(source.resolve("a.tar"));
      }
      return 0;
    }
    long start = System.nanoTime();
    try (FileTree tree = FileTree.open(source, folder)) {
      if (records > 0) {
        prepareRecords(tree);
      } else {
        preparePictures(tree);
      }
    }
    System.out.printf(
        "| %,d %s | %.0f | %.1f | %.1f |%n",
        Math.max(records, pictures),
        records > 0 ? "records" : "pictures",
        ProcessMemory.peak() / MEBIBYTE,
        (System.nanoTime() - start) / 1e9,
        ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
    return 0;
  }

  private void prepareRecords(FileTree tree) throws IOException {
    new TextPreparation(0)
        .prepare(
            tree,
            TextFormat.RECORDS,
            Columns.AS_THEY_ARE,
            folder.resolve("target"),
            FinishedParts.NONE,
            (done, quarantined) -> {});
  }

  private void preparePictures(FileTree tree) throws IOException {
    new DatasetPreparation(0)
        .prepare(
            tree,
            PictureLayout.IMAGE_FOLDER.list(tree, Columns.AS_THEY_ARE),
            folder.resolve("target"),
            FinishedParts.NONE,
            (done, total, quarantined) -> {});
  }

  private void writeRecords(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < records; i++) {
        out.write(
            "{\"id\": \"record-%d\", \"question\": \"What is the square of %d?\", \"answer\": %d}%n"
                .formatted(i, i, (long) i * i));
      }
    }
  }

  private void writePictures(Path file) throws IOException {
    try (var out = new BufferedOutputStream(Files.newOutputStream(file));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (int i = 0; i < pictures; i++) {
        byte[] picture = picture(i);
        TarArchiveEntry entry = new TarArchiveEntry("class%d/%07d.png".formatted(i % 10, i));
        entry.setSize(picture.length);
        tar.putArchiveEntry(entry);
        tar.write(picture);
        tar.closeArchiveEntry();
      }
    }
  }

  private static byte[] picture(int number) throws IOException {
    BufferedImage image = new BufferedImage(24, 24, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 24; i++) {
      image.setRGB(i, i, number * (i + 1));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
