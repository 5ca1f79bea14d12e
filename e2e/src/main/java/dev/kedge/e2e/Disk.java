package dev.kedge.e2e;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A disk that can be full: a file system in memory, as large as what is in it when it is filled.
 * The machine's own disk has room all the time.
 */
final class Disk {
  private static final String ROOM = "8g";

  /** Of a round that goes on writing while it is measured. */
  private static final int TRIES = 10;

  private final Path folder;

  private Disk(Path folder) {
    this.folder = folder;
  }

  /** A disk mounted on a folder; empty where this process may not mount. */
  static Optional<Disk> mount(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    boolean mounted = mount("-t", "tmpfs", "-o", "size=" + ROOM, "kedge-soak", folder.toString());
    return mounted ? Optional.of(new Disk(folder)) : Optional.empty();
  }

  /** Leaves no room. */
  void fill() throws IOException, InterruptedException {
    for (int i = 0; i < TRIES; i++) {
      FileStore now = Files.getFileStore(folder);
      if (resize(String.valueOf(now.getTotalSpace() - now.getUnallocatedSpace()))) {
        return;
      }
    }
    throw new IllegalStateException("the disk under %s could not be filled".formatted(folder));
  }

  /** There is room again. */
  void makeRoom() throws IOException, InterruptedException {
    if (!resize(ROOM)) {
      throw new IllegalStateException("no room could be made in " + folder);
    }
  }

  private boolean resize(String size) throws IOException, InterruptedException {
    return mount("-o", "remount,size=" + size, folder.toString());
  }

  private static boolean mount(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "mount";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
