package dev.kedge.e2e;

import java.time.Duration;

/**
 * One thing that goes wrong, for a while.
 *
 * @param target name of a process, of a link, or nothing
 * @param lasting until it is mended; zero where it is mended at once
 * @param pick chooses among the objects that are there when it happens, or how wrong a clock is
 */
record Fault(Kind kind, String target, Duration lasting, int pick) {
  /** What can go wrong. */
  enum Kind {
    /** A process of Kedge's is killed outright and started again, as a supervisor would. */
    KILL("kill -9"),
    /** A process of Kedge's stands still, longer than its leases last, and goes on. */
    FREEZE("kill -STOP"),
    /** A server is killed outright and comes back later. */
    OUTAGE("kill -9 and nothing for a while:"),
    /** Connections to a server are refused. */
    CUT("refuse connections to"),
    /** Connections to a server stay open and nothing comes through. */
    SILENCE("swallow all bytes to and from"),
    /** A server answers late and little at a time. */
    SLOW("slow down"),
    /** The store's disk is full. */
    FULL("fill the disk of"),
    /** A process's clock is minutes ahead, or behind. */
    WRONG_CLOCK("set the clock of"),
    /** A saved progress has other bytes. */
    SPOIL_PROGRESS("spoil a saved progress"),
    /** A saved progress is gone. */
    DROP_PROGRESS("delete a saved progress"),
    /** A node's copy of a blob that nobody reads at the moment has other bytes. */
    SPOIL_COPY("spoil a node's copy of a blob");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  @Override
  public String toString() {
    String what = target.isEmpty() ? kind.words : kind.words + " " + target;
    return lasting.isZero() ? what : "%s, %d s".formatted(what, lasting.toSeconds());
  }
}
