package dev.kedge.e2e;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Does a number of faults, one after the other, on a thread of its own. What cannot be done at the
 * moment is not counted, and another is drawn in its place.
 */
final class FaultInjector implements Runnable {
  private final FaultSchedule schedule;
  private final Injection injection;
  private final int faults;
  private final SoakLog log;
  private final Map<Fault.Kind, Integer> done = new EnumMap<>(Fault.Kind.class);
  private volatile String project = "";
  private volatile boolean over;
  private volatile Exception failure;

  /** Does faults. */
  @FunctionalInterface
  interface Injection {
    /**
     * Does a fault and returns when it is over.
     *
     * @param project whose objects are spoilt
     * @return what it came to, in words; empty if there was nothing to do it to
     */
    Optional<String> inject(Fault fault, String project) throws Exception;
  }

  FaultInjector(FaultSchedule schedule, int faults, Injection injection, SoakLog log) {
    this.schedule = schedule;
    this.faults = faults;
    this.injection = injection;
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
        Thread.sleep(schedule.calm().toMillis());
        Fault.Kind kind = one(i);
        done.merge(kind, 1, Integer::sum);
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

  /** Draws until one could be done. */
  private Fault.Kind one(int number) throws Exception {
    while (true) {
      Fault fault = schedule.next();
      log.say("fault %d: %s".formatted(number, fault));
      Optional<String> end = injection.inject(fault, project);
      if (end.isPresent()) {
        log.say("fault %d: %s".formatted(number, end.get()));
        return fault.kind();
      }
      log.say("fault %d: there is none; another is drawn".formatted(number));
    }
  }

  /** Whether all faults are done, or one could not be. */
  boolean isOver() {
    return over;
  }

  /** Faults that were done, by kind. */
  Map<Fault.Kind, Integer> done() {
    return done;
  }

  /** Whether every fault was done. */
  boolean isComplete() {
    return over && failure == null;
  }
}
