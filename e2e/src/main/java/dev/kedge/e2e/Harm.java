package dev.kedge.e2e;

import dev.kedge.store.Condition;
import dev.kedge.store.ObjectInfo;
import dev.kedge.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Does faults, and mends what has to be mended. */
final class Harm {
  private static final int MOST_OBJECTS = 10_000;

  private final Cluster cluster;
  private final Links links;
  private final ObjectStore store;

  /**
   * Harm to a platform.
   *
   * @param store reached without the links
   */
  Harm(Cluster cluster, Links links, ObjectStore store) {
    this.cluster = cluster;
    this.links = links;
    this.store = store;
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
