package dev.kedge.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Speaks TLS to clients, asks them for a certificate, and passes on what they say in the clear. */
final class TlsFront implements AutoCloseable {
  private final SSLServerSocket door;
  private final int behind;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<Certificate> shown = new CopyOnWriteArrayList<>();

  /**
   * Listens on a free port of loopback.
   *
   * @param behind the port of the server
   */
  TlsFront(SSLContext context, int behind) throws IOException {
    this.behind = behind;
    door = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0);
    door.setNeedClientAuth(true);
    start(this::accept);
  }

  String address() {
    return "localhost:" + door.getLocalPort();
  }

  /** What clients have shown, in order. */
  List<Certificate> shown() {
    return shown;
  }

  /** Ends all connections; new ones are taken. */
  void hangUp() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    open.clear();
  }

  private void accept() throws IOException {
    while (true) {
      SSLSocket client = (SSLSocket) door.accept();
      SSLParameters parameters = client.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      client.setSSLParameters(parameters);
      start(() -> pass(client));
    }
  }

  private void pass(SSLSocket client) throws IOException {
    client.startHandshake();
    shown.add(client.getSession().getPeerCertificates()[0]);
    Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
    open.add(client);
    open.add(server);
    start(() -> copy(server.getInputStream(), client.getOutputStream()));
    copy(client.getInputStream(), server.getOutputStream());
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[1 << 14];
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      to.write(buffer, 0, count);
      to.flush();
    }
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
    hangUp();
  }
}
