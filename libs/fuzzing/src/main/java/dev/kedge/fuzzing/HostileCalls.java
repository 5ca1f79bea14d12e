package dev.kedge.fuzzing;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Calls with any bytes for messages, many at once. Each answer is judged but those to calls that
 * were broken off here: what they are told is this side's own word.
 */
public final class HostileCalls implements AutoCloseable {
  private static final int AT_ONCE = 16;
  private static final long LONGEST_SECONDS = 50;

  /** A connection on which many calls are cut off is closed by the server, and rightly so. */
  private static final int MOST_RESETS = 100;

  private final String host;
  private final int port;
  private final Predicate<Answer> right;
  private final ManagedChannel lasting;
  private final List<ManagedChannel> expendable = new ArrayList<>();
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private int resets;

  /** How a call is made. */
  public enum Manner {
    /** It is waited for. */
    TO_THE_END(Optional.empty()),
    /** It is broken off as soon as it is sent. */
    CUT_OFF(Optional.of("cut off")),
    /** It is broken off at its first answer, as it has no end. */
    FIRST_ANSWER(Optional.of("seen enough"));

    private final Optional<String> word;

    Manner(Optional<String> word) {
      this.word = word;
    }
  }

  /**
   * Calls to a server.
   *
   * @param right whether an answer has a right status; its details are looked at here
   */
  public HostileCalls(String host, int port, Predicate<Answer> right) {
    this.host = host;
    this.port = port;
    this.right = right;
    this.lasting = connect();
  }

  private ManagedChannel connect() {
    return ManagedChannelBuilder.forAddress(host, port).usePlaintext().build();
  }

  /** Sends a call as soon as there is room for it. */
  public void send(MethodDescriptor<?, ?> method, List<byte[]> messages, Manner manner)
      throws InterruptedException {
    room.acquire();
    ManagedChannel channel = manner == Manner.TO_THE_END ? lasting : expendable();
    new Call(channel, method, manner).send(messages);
  }

  private ManagedChannel expendable() {
    if (resets++ % MOST_RESETS == 0) {
      expendable.forEach(ManagedChannel::shutdown);
      expendable.add(connect());
    }
    return expendable.get(expendable.size() - 1);
  }

  /**
   * Waits until all calls have ended.
   *
   * @return what was wrong with answers so far
   */
  public List<String> faults() throws InterruptedException {
    if (!room.tryAcquire(AT_ONCE, LONGEST_SECONDS + 10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("calls do not end");
    }
    room.release(AT_ONCE);
    return faults.stream().distinct().toList();
  }

  @Override
  public void close() {
    lasting.shutdownNow();
    expendable.forEach(ManagedChannel::shutdownNow);
  }

  private final class Call extends ClientCall.Listener<byte[]> {
    private final String method;
    private final Manner manner;
    private final ClientCall<byte[], byte[]> call;

    Call(ManagedChannel channel, MethodDescriptor<?, ?> method, Manner manner) {
      this.method = method.getBareMethodName();
      this.manner = manner;
      this.call =
          channel.newCall(
              MethodDescriptor.newBuilder(RawBytes.AS_THEY_ARE, RawBytes.AS_THEY_ARE)
                  .setType(method.getType())
                  .setFullMethodName(method.getFullMethodName())
                  .build(),
              CallOptions.DEFAULT.withDeadlineAfter(LONGEST_SECONDS, TimeUnit.SECONDS));
    }

    void send(List<byte[]> messages) {
      call.start(this, new Metadata());
      call.request(Integer.MAX_VALUE);
      messages.forEach(call::sendMessage);
      if (manner == Manner.CUT_OFF) {
        breakOff();
      } else {
        call.halfClose();
      }
    }

    @Override
    public void onMessage(byte[] answer) {
      if (manner == Manner.FIRST_ANSWER) {
        breakOff();
      }
    }

    private void breakOff() {
      call.cancel(manner.word.orElseThrow(), null);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (!isOurWord(status)) {
        Answer.of(method, status, trailers).faults(right).forEach(faults::add);
      }
      room.release();
    }

    private boolean isOurWord(Status status) {
      return status.getCode() == Status.Code.CANCELLED
          && manner.word.isPresent()
          && manner.word.get().equals(status.getDescription());
    }
  }
}
