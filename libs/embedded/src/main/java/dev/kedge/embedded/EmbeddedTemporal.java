package dev.kedge.embedded;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.internal.testservice.GRPCServerHelper;
import io.temporal.internal.testservice.TestServicesStarter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Temporal's own test server on loopback, with time skipping locked: timers and time-outs take as
 * long as they say. It forgets everything when it is closed.
 *
 * <p>Assembled as {@code TestServer.createPortBoundServer(port, true)} does, which would listen on
 * every network interface and not tell the port it got.
 */
public final class EmbeddedTemporal implements AutoCloseable {
  private static final boolean LOCK_TIME_SKIPPING = true;
  private static final long START_AT_SYSTEM_TIME = 0;

  private final TestServicesStarter services;
  private final Server server;

  private EmbeddedTemporal(TestServicesStarter services, Server server) {
    this.services = services;
    this.server = server;
  }

  /** Starts on a free port. */
  public static EmbeddedTemporal start() {
    return start(0);
  }

  /**
   * Starts on a given port.
   *
   * @param port TCP port on loopback; 0 takes a free one
   * @throws UncheckedIOException if the port is taken
   */
  public static EmbeddedTemporal start(int port) {
    TestServicesStarter services =
        new TestServicesStarter(LOCK_TIME_SKIPPING, START_AT_SYSTEM_TIME);
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    GRPCServerHelper.registerServicesAndHealthChecks(services.getServices(), builder);
    try {
      return new EmbeddedTemporal(services, builder.build().start());
    } catch (IOException e) {
      services.close();
      throw new UncheckedIOException(
          "Temporal cannot listen on 127.0.0.1:" + port + ": choose another port", e);
    }
  }

  /** {@code host:port}, as a Temporal client's target wants it. */
  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
    services.close();
  }
}
