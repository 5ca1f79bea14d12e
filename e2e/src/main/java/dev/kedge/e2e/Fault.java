package dev.kedge.e2e;

import java.time.Duration;
import java.util.List;

/**
 * One thing that goes wrong, for a while.
 *
 * @param targets names of processes, of a link, or nothing where it is found out when it happens
 * @param lasting until it is mended; zero where it is mended at once
 * @param pick chooses among the objects that are there when it happens, or how wrong a clock is
 */
record Fault(Kind kind, List<String> targets, Duration lasting, int pick) {
  /** What can go wrong. */
  enum Kind {
    /** A process of Kedge's is killed outright and started again, as a supervisor would. */
    KILL("kill -9"),
    /** Some of all processes are asked to end, and are started again in another order. */
    END("kill -TERM"),
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
    /** What a stage has saved has other bytes when its killed process comes back. */
    SPOIL_PROGRESS("kill -9 who makes a stage, and spoil what it has saved"),
    /** What a stage has saved is gone when its killed process comes back. */
    DROP_PROGRESS("kill -9 who makes a stage, and delete what it has saved"),
    /** What a stage has committed, and another still has to read, has other bytes. */
    SPOIL_RESULT("spoil a committed result that is still to be read"),
    /** What a stage has committed, and another still has to read, is gone. */
    DROP_RESULT("delete a committed result that is still to be read"),
    /** A node's copy of a blob that nobody reads at the moment has other bytes. */
    SPOIL_COPY("spoil a node's copy of a blob");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  /** The only one. */
  String target() {
    if (targets.size() != 1) {
      throw new IllegalStateException("not one target but " + targets);
    }
    return targets.get(0);
  }

  /** The same bytes, but for one. */
  byte[] spoilt(byte[] bytes) {
    byte[] spoilt = bytes.clone();
    spoilt[pick % spoilt.length] ^= (byte) 0xff;
    return spoilt;
  }

  @Override
  public String toString() {
    String what = kind.words;
    if (!targets.isEmpty()) {
      what += " " + String.join(", ", targets);
    }
    return lasting.isZero() ? what : "%s, %d s".formatted(what, lasting.toSeconds());
  }
}
