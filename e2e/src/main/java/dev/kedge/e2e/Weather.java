package dev.kedge.e2e;

import java.util.EnumMap;
import java.util.Map;

/** Does a number of faults, one after the other, on a thread of its own. */
final class Weather implements Runnable {
  private final Storm storm;
  private final Harm harm;
  private final int faults;
  private final SoakLog log;
  private final Map<Fault.Kind, Integer> done = new EnumMap<>(Fault.Kind.class);
  private volatile String project = "";
  private volatile boolean over;
  private volatile Exception failure;

  Weather(long seed, int faults, Harm harm, SoakLog log) {
    this.storm = new Storm(seed, harm.possible());
    this.harm = harm;
    this.faults = faults;
    this.log = log;
  }

  /** Where objects are spoilt from now on. */
  void moveTo(String project) {
    this.project = project;
  }

  @Override
  public void run() {
    try {
      for (int i = 1; i <= faults; i++) {
        Thread.sleep(storm.calm().toMillis());
        Fault fault = storm.next();
        log.say("fault %d: %s".formatted(i, fault));
        String end = harm.does(fault, project);
        log.say("fault %d: %s".formatted(i, end));
        done.merge(fault.kind(), 1, Integer::sum);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      failure = e;
      log.say("the faults ended early: " + e);
    } finally {
      over = true;
    }
  }

  /** Whether all faults are done, or one could not be. */
  boolean isOver() {
    return over;
  }

  /** Faults that are done, by kind. */
  Map<Fault.Kind, Integer> done() {
    return done;
  }

  /** Whether every fault was done. */
  boolean isComplete() {
    return over && failure == null;
  }
}
