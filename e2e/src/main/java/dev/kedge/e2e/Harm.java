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
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Does faults, and mends what has to be mended.
 *
 * @param store reached without the links
 * @param results does what is done to committed results
 * @param disk the store's, where it can be filled
 * @param clocks where they can be set
 */
record Harm(
    Cluster cluster,
    Links links,
    ObjectStore store,
    ResultHarm results,
    Optional<Disk> disk,
    Optional<Clocks> clocks)
    implements FaultInjector.Injection {
  private static final Optional<String> OVER = Optional.of("over");
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

  @Override
  public Optional<String> inject(Fault fault, String project)
      throws IOException, InterruptedException {
    return switch (fault.kind()) {
      case KILL, OUTAGE -> {
        cluster.kill(fault.target());
        hold(fault);
        cluster.startAgain(fault.target());
        yield OVER;
      }
      case END -> end(fault);
      case FREEZE -> {
        cluster.freeze(fault.target());
        hold(fault);
        cluster.thaw(fault.target());
        yield OVER;
      }
      case CUT -> {
        links.cut(fault.target());
        hold(fault);
        links.mendAll();
        yield OVER;
      }
      case SILENCE -> {
        links.silence(fault.target());
        hold(fault);
        // What was swallowed is not sent again by the proxy, so no stream may go on as if it had.
        links.cut(fault.target());
        links.mendAll();
        yield OVER;
      }
      case SLOW -> {
        links.slowDown(fault.target());
        hold(fault);
        links.mendAll();
        yield OVER;
      }
      case FULL -> {
        disk.orElseThrow().fill();
        hold(fault);
        disk.orElseThrow().makeRoom();
        yield OVER;
      }
      case WRONG_CLOCK -> wrongClock(fault);
      case SPOIL_PROGRESS, DROP_PROGRESS -> progress(fault, project);
      case SPOIL_RESULT, DROP_RESULT -> results.inject(fault, project);
      case SPOIL_COPY -> copy(fault);
    };
  }

  private static void hold(Fault fault) throws InterruptedException {
    Thread.sleep(fault.lasting().toMillis());
  }

  private Optional<String> end(Fault fault) throws IOException, InterruptedException {
    for (String target : fault.targets()) {
      cluster.end(target);
    }
    List<String> order = new ArrayList<>(fault.targets());
    Collections.shuffle(order, new Random(fault.pick()));
    cluster.startAgain(order);
    return Optional.of("over, started again: " + String.join(", ", order));
  }

  private Optional<String> wrongClock(Fault fault) throws IOException, InterruptedException {
    int minutes = 1 + fault.pick() % MOST_MINUTES_WRONG;
    Duration ahead = Duration.ofMinutes(fault.pick() / 2 % 2 == 0 ? minutes : -minutes);
    clocks.orElseThrow().set(fault.target(), ahead);
    hold(fault);
    clocks.orElseThrow().set(fault.target(), Duration.ZERO);
    return Optional.of("over, it was %+d min".formatted(ahead.toMinutes()));
  }

  private Optional<String> progress(Fault fault, String project)
      throws IOException, InterruptedException {
    for (UnfinishedStage stage : UnfinishedStage.of(store, project)) {
      Optional<Long> holder = stage.holder();
      Optional<String> maker = holder.isEmpty() ? Optional.empty() : cluster.process(holder.get());
      if (maker.isPresent()) {
        cluster.kill(maker.get());
        // Nobody is at the stage now: what is hurt is what the next attempt begins with.
        Optional<String> hurt = hurt(stage.newestFiles(), fault);
        cluster.startAgain(maker.get());
        return hurt.map(file -> "over, it was %s of %s".formatted(file, maker.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> hurt(List<ObjectInfo> files, Fault fault) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    String key = files.get(fault.pick() % files.size()).key();
    if (fault.kind() == Fault.Kind.DROP_PROGRESS) {
      store.delete(key);
    } else {
      store.put(key, fault.spoilt(store.get(key).bytes()), Condition.ALWAYS);
    }
    return Optional.of(key);
  }

  private Optional<String> copy(Fault fault) throws IOException {
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
      return Optional.empty();
    }
    Path copy = copies.get(fault.pick() % copies.size());
    Files.write(copy, fault.spoilt(Files.readAllBytes(copy)), StandardOpenOption.WRITE);
    return Optional.of(cluster.copies().relativize(copy).toString());
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
