package dev.kedge.bench;

import dev.kedge.data.ClipPreprocessing;
import dev.kedge.data.Picture;
import dev.kedge.data.PictureDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The counterpart of {@code bench/yardsticks/pictures.py}: encoded pictures to a model's numbers,
 * on one thread.
 */
@Command(name = "pictures", description = "Decodes, resizes, crops and normalises pictures.")
public final class Pictures implements Callable<Integer> {
  @Option(names = "--folder", required = true, description = "Of JPEG files; all are read.")
  private Path folder;

  @Option(names = "--size", defaultValue = "224", description = "The model's, in pixels.")
  private int size;

  @Option(names = "--cached", description = "Later epochs: the crops are in memory already.")
  private boolean cached;

  @Option(names = "--digest", description = "Prints the SHA-256 of all numbers, and ends.")
  private boolean digest;

  @Option(names = "--passes", defaultValue = "1", description = "Passes of a round.")
  private int passes;

  private final PictureDecoder decoder = new PictureDecoder();
  private ClipPreprocessing preprocessing;

  /** Runs as long as it is asked to. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Pictures()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    preprocessing = ClipPreprocessing.ofSize(size);
    List<byte[]> files = files();
    if (digest) {
      System.out.println(digest(files));
      return 0;
    }
    float[] numbers = new float[preprocessing.pixelCount()];
    List<Picture> crops = cached ? files.stream().map(this::crop).toList() : List.of();
    new Rounds(
            "seconds_per_pass",
            () -> {
              if (cached) {
                crops.forEach(crop -> preprocessing.normalise(crop, numbers, 0));
              } else {
                files.forEach(file -> preprocessing.normalise(crop(file), numbers, 0));
              }
            },
            passes)
        .whileAsked();
    return 0;
  }

  private Picture crop(byte[] file) {
    return preprocessing.crop(decoder.decode(file));
  }

  private List<byte[]> files() throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.filter(path -> path.toString().endsWith(".jpg")).sorted().toList()) {
        files.add(Files.readAllBytes(file));
      }
    }
    return files;
  }

  private String digest(List<byte[]> files) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (byte[] file : files) {
        float[] numbers = preprocessing.pixels(decoder.decode(file));
        ByteBuffer bytes =
            ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        sha.update(bytes);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
