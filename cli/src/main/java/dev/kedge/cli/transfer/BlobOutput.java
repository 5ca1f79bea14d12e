package dev.kedge.cli.transfer;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.kedge.v1.UploadBlobRequest;
import dev.kedge.v1.UploadBlobResponse;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** An upload as a stream of bytes; writing waits while the connection is full. */
final class BlobOutput extends OutputStream {
  private static final int PIECE = 512 << 10;

  private final BlockingClientCall<UploadBlobRequest, UploadBlobResponse> call;
  private final LongConsumer sent;
  private final byte[] buffer = new byte[PIECE];
  private int length;
  private boolean finished;

  /**
   * Starts the upload.
   *
   * @param sent is told the number of bytes of every piece that was sent
   */
  BlobOutput(
      BlockingClientCall<UploadBlobRequest, UploadBlobResponse> call,
      String parent,
      LongConsumer sent)
      throws IOException {
    this.call = call;
    this.sent = sent;
    send(UploadBlobRequest.newBuilder().setParent(parent).build());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int from = offset;
    while (from < offset + count) {
      int part = Math.min(offset + count - from, PIECE - length);
      System.arraycopy(bytes, from, buffer, length, part);
      length += part;
      from += part;
      if (length == PIECE) {
        sendBuffer();
      }
    }
  }

  /** Sends the rest and waits for the digest. */
  UploadBlobResponse finish() throws IOException {
    sendBuffer();
    finished = true;
    call.halfClose();
    try {
      UploadBlobResponse kept = call.read();
      if (kept == null) {
        throw new IOException("the gateway ended the upload without a digest");
      }
      return kept;
    } catch (StatusException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Gives an unfinished upload up. */
  @Override
  public void close() {
    if (!finished) {
      call.cancel("the upload was given up", null);
    }
  }

  private void sendBuffer() throws IOException {
    if (length > 0) {
      ByteString data = UnsafeByteOperations.unsafeWrap(Arrays.copyOf(buffer, length));
      send(UploadBlobRequest.newBuilder().setData(data).build());
      sent.accept(length);
      length = 0;
    }
  }

  private void send(UploadBlobRequest request) throws IOException {
    try {
      // Where the gateway has already answered, its answer says more than our stopping.
      if (!call.write(request) && call.read() == null) {
        throw new IOException("the gateway ended the upload");
      }
    } catch (StatusException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("the upload was interrupted");
  }
}
