package dev.kedge.e2e;

import dev.kedge.store.Condition;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Does faults, and mends what has to be mended.
 *
 * @param store reached without the links
 * @param disk the store's, where it can be filled
 * @param clocks where they can be set
 */
record Harm(
    Cluster cluster, Links links, ObjectStore store, Optional<Disk> disk, Optional<Clocks> clocks) {
  private static final int MOST_OBJECTS = 10_000;
  private static final int MOST_MINUTES_WRONG = 10;

  /** Kinds of faults that can be done here. */
  Set<Fault.Kind> possible() {
    Set<Fault.Kind> kinds = EnumSet.allOf(Fault.Kind.class);
    if (disk.isEmpty()) {
      kinds.remove(Fault.Kind.FULL);
    }
    if (clocks.isEmpty()) {
      kinds.remove(Fault.Kind.WRONG_CLOCK);
    }
    return kinds;
  }

  /**
   * Does a fault and returns when it is over.
   *
   * @param project where objects are spoilt
   * @return what it came to, in words
   */
  String does(Fault fault, String project) throws IOException, InterruptedException {
    String target = fault.target();
    switch (fault.kind()) {
      case KILL, OUTAGE -> {
        cluster.kill(target);
        hold(fault);
        cluster.startAgain(target);
      }
      case FREEZE -> {
        cluster.freeze(target);
        hold(fault);
        cluster.thaw(target);
      }
      case CUT -> {
        links.cut(target);
        hold(fault);
        links.mendAll();
      }
      case SILENCE -> {
        links.silence(target);
        hold(fault);
        // What was swallowed is not sent again by the proxy, so no stream may go on as if it had.
        links.cut(target);
        links.mendAll();
      }
      case SLOW -> {
        links.slowDown(target);
        hold(fault);
        links.mendAll();
      }
      case FULL -> {
        disk.orElseThrow().fill();
        hold(fault);
        disk.orElseThrow().makeRoom();
      }
      case WRONG_CLOCK -> {
        int minutes = 1 + fault.pick() % MOST_MINUTES_WRONG;
        Duration ahead = Duration.ofMinutes(fault.pick() / 2 % 2 == 0 ? minutes : -minutes);
        clocks.orElseThrow().set(target, ahead);
        hold(fault);
        clocks.orElseThrow().set(target, Duration.ZERO);
        return "over, it was %+d min".formatted(ahead.toMinutes());
      }
      case SPOIL_PROGRESS, DROP_PROGRESS -> {
        return progress(fault, project);
      }
      case SPOIL_COPY -> {
        return copy(fault);
      }
    }
    return "over";
  }

  private static void hold(Fault fault) throws InterruptedException {
    Thread.sleep(fault.lasting().toMillis());
  }

  private String progress(Fault fault, String project) {
    List<ObjectInfo> saved =
        store.list("projects/%s/stages/".formatted(project), "", MOST_OBJECTS).stream()
            .filter(object -> object.key().contains("/progress/blobs/"))
            .toList();
    if (saved.isEmpty()) {
      return "there is none";
    }
    ObjectInfo object = saved.get(fault.pick() % saved.size());
    if (fault.kind() == Fault.Kind.DROP_PROGRESS) {
      store.delete(object.key());
    } else {
      store.put(object.key(), new byte[(int) object.size()], Condition.ALWAYS);
    }
    return object.key();
  }

  private String copy(Fault fault) throws IOException {
    List<Path> copies = new ArrayList<>();
    for (String node : Cluster.KEDGES) {
      Path blobs = cluster.copies().resolve(node).resolve("blobs");
      if (Files.isDirectory(blobs)) {
        try (Stream<Path> all = Files.list(blobs)) {
          all.sorted().filter(Harm::isUnread).forEach(copies::add);
        }
      }
    }
    if (copies.isEmpty()) {
      return "there is none";
    }
    Path copy = copies.get(fault.pick() % copies.size());
    byte[] bytes = Files.readAllBytes(copy);
    bytes[fault.pick() % bytes.length] ^= (byte) 0xff;
    Files.write(copy, bytes, StandardOpenOption.WRITE);
    return cluster.copies().relativize(copy).toString();
  }

  /** Whoever reads a copy has it under a second name; it was checked when that was made. */
  private static boolean isUnread(Path copy) {
    try {
      return Files.size(copy) > 0 && Files.getAttribute(copy, "unix:nlink").equals(1);
    } catch (IOException gone) {
      return false;
    }
  }
}
