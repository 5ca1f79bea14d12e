package dev.kedge.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder of state that one process uses alone. The kernel gives it free when the process ends,
 * however it ends; what is written in the lock's file is only who has it.
 */
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes a folder, which is made if it is missing.
   *
   * @throws IllegalStateException naming the folder and the process that has it
   */
  static DataFolder take(Path folder) throws IOException {
    Path file = Files.createDirectories(folder).resolve("lock");
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (!isLocked(channel)) {
      String holder = Files.readString(file).strip();
      channel.close();
      throw new IllegalStateException(
          "%s is in use by another Kedge, process %s: stop that one, or name another folder with --data"
              .formatted(folder, holder));
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            "%d%n".formatted(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
    return new DataFolder(folder, channel);
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  /** Gives the folder free. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
