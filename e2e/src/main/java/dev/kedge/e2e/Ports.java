package dev.kedge.e2e;

/**
 * Where everything listens, all on loopback.
 *
 * @param gateway the first of some thirty
 */
record Ports(int gateway) {
  /** A server's own port, as {@code examples/processes.sh} has it. */
  int server(String name) {
    return gateway + 1 + Cluster.SERVERS.indexOf(name);
  }

  /** The port of the link to a server. */
  int link(String name) {
    return server(name) + 2;
  }

  /** Where the service that trains tells what it measures. */
  int trainingMetrics() {
    return gateway + 112;
  }

  /** Where links are told what to do. */
  int linkControl() {
    return gateway + 5;
  }
}
