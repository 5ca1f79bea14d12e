package dev.kedge.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Speaks TLS to whoever comes, and passes on what they say in the clear. */
final class TlsDoor implements AutoCloseable {
  private final SSLServerSocket door;
  private final URI behind;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /**
   * Listens on loopback.
   *
   * @param port 0 for a free one
   * @param shown the certificate
   */
  TlsDoor(int port, HeldCertificate shown, URI behind) {
    this.behind = behind;
    try {
      door =
          (SSLServerSocket)
              new HandshakeCertificates.Builder()
                  .heldCertificate(shown)
                  .build()
                  .sslContext()
                  .getServerSocketFactory()
                  .createServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  URI address() {
    return URI.create("https://localhost:" + door.getLocalPort());
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = door.accept();
      start(() -> pass(client));
    }
  }

  private void pass(Socket client) throws IOException {
    Socket server = new Socket(behind.getHost(), behind.getPort());
    open.add(client);
    open.add(server);
    start(() -> server.getInputStream().transferTo(client.getOutputStream()));
    client.getInputStream().transferTo(server.getOutputStream());
  }

  /** Something that ends when its sockets do. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException closed) {
                // The end of it.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
