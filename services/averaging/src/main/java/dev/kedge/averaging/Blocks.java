package dev.kedge.averaging;

import dev.kedge.stage.StoredFiles;
import dev.kedge.store.Blob;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Blocks of stored files on their way: several are fetched at once, ahead of their use, and those
 * last used are held. What they take together is bounded, however many files are read.
 */
final class Blocks implements AutoCloseable {
  private static final int MOST_BYTES = 32 << 20;
  private static final int LARGEST_BLOCK = 4 << 20;
  private static final int SMALLEST_BLOCK = 128 << 10;

  /** Blocks for each file that is read at the same time. */
  private static final int HELD = 6;

  private static final int AHEAD = 3;
  private static final int CONNECTIONS = 4;

  private final StoredFiles store;
  private final int held;
  private final int blockBytes;
  private final ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
  private final Map<Block, CompletableFuture<byte[]>> blocks = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param files number of files that are read at the same time
   */
  Blocks(StoredFiles store, int files) {
    this.store = store;
    this.held = files * HELD;
    this.blockBytes = Math.max(SMALLEST_BLOCK, Math.min(LARGEST_BLOCK, MOST_BYTES / held));
  }

  /** A part of a file. */
  private record Block(Blob blob, long number) {}

  /** Bytes of every block of a file but the last. */
  int bytes() {
    return blockBytes;
  }

  /** The blocks of a file. */
  long count(Blob blob) {
    return (blob.size() + blockBytes - 1) / blockBytes;
  }

  /** A block, once it is there; the next ones are asked for as well. */
  byte[] get(Blob blob, long number) {
    CompletableFuture<byte[]> wanted = wanted(blob, number);
    try {
      return wanted.join();
    } catch (CompletionException e) {
      forget(blob, number);
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw e;
    }
  }

  /** A block that is there already; null if it is not. */
  synchronized byte[] arrived(Blob blob, long number) {
    CompletableFuture<byte[]> block = blocks.get(new Block(blob, number));
    return block != null && block.isDone() && !block.isCompletedExceptionally()
        ? block.join()
        : null;
  }

  private synchronized CompletableFuture<byte[]> wanted(Blob blob, long number) {
    CompletableFuture<byte[]> wanted = null;
    for (long next = Math.min(number + AHEAD, count(blob) - 1); next >= number; next--) {
      wanted = ask(new Block(blob, next));
    }
    Iterator<Block> leastRecentlyUsed = blocks.keySet().iterator();
    while (blocks.size() > held) {
      leastRecentlyUsed.next();
      leastRecentlyUsed.remove();
    }
    return wanted;
  }

  private CompletableFuture<byte[]> ask(Block block) {
    return blocks.computeIfAbsent(
        block, unknown -> CompletableFuture.supplyAsync(() -> fetch(block), connections));
  }

  private synchronized void forget(Blob blob, long number) {
    blocks.remove(new Block(blob, number));
  }

  private byte[] fetch(Block block) {
    long from = block.number * blockBytes;
    byte[] bytes = new byte[(int) Math.min(blockBytes, block.blob.size() - from)];
    store.read(block.blob, from, bytes);
    return bytes;
  }

  @Override
  public void close() {
    connections.shutdownNow();
  }
}
