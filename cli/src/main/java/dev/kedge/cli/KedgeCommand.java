package dev.kedge.cli;

import io.grpc.ManagedChannel;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command itself: what all its subcommands share. */
@Command(
    name = "kedge",
    versionProvider = Version.class,
    description = {
      "Fine-tunes foundation models without losing what they already know, and shows the price.",
      ""
    },
    commandListHeading = "%nCommands:%n",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the experiment did not succeed (yet: it waits for people, or is paused), or something broke",
      "2:the command line is wrong",
      "3:what was named does not exist",
      "4:refused: an invalid file, a name that is taken, a wrong state",
      "5:the gateway cannot be reached or cannot answer now"
    },
    footerHeading = "%nA first experiment:%n",
    footer = {
      "  kedge up &",
      "  kedge model import clip-base ./clip-vit-base-patch32",
      "  kedge dataset import photo-train ./photo-train",
      "  kedge dataset import photo-test ./photo-test",
      "  kedge dataset import sketch-test ./sketch-test",
      "  kedge init experiment.yaml",
      "  kedge plan experiment.yaml",
      "  kedge launch experiment.yaml --wait",
      "  kedge report experiment --html report.html",
      "",
      "A platform on this machine that is not up yet is waited for, KEDGE_WAIT seconds at most, 60",
      "by default.",
      "",
      "Where the gateway asks who calls, KEDGE_TOKEN or the file KEDGE_TOKEN_FILE is sent; KEDGE_CA",
      "names the authority of its certificate, if no public one has signed it.",
      "",
      "Completion for bash and zsh, and for fish:",
      "  source <(kedge completion)",
      "  kedge completion fish | source"
    })
public final class KedgeCommand {
  private final Terminal terminal;
  private final Function<String, ManagedChannel> channels;

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:KEDGE_SERVER:-localhost:9090}",
      description =
          "The gateway, HOST:PORT, or https://HOST:PORT for TLS; KEDGE_SERVER or localhost:9090 by default.")
  private String server;

  @Option(
      names = "--project",
      paramLabel = "ID",
      scope = ScopeType.INHERIT,
      defaultValue = "${env:KEDGE_PROJECT:-default}",
      description = "The project; KEDGE_PROJECT or `default` by default.")
  private String project;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description =
          "Prints the API's answer as JSON, for programs; an error is an object on stderr.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  boolean help;

  @Option(names = "--version", versionHelp = true, description = "Shows the version.")
  boolean version;

  private KedgeCommand(Terminal terminal, Function<String, ManagedChannel> channels) {
    this.terminal = terminal;
    this.channels = channels;
  }

  /**
   * Runs one command against the gateway that its options name.
   *
   * @return the exit code
   */
  public static int run(Terminal terminal, String... args) {
    Map<String, String> environment = System.getenv();
    var connection = new Connection(environment);
    // Programs read what went wrong from stderr.
    PrintStream waiting =
        Arrays.asList(args).contains("--json")
            ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)
            : terminal.err();
    return commandLine(
            terminal,
            server -> {
              ManagedChannel channel = connection.to(server);
              new PlatformWait(
                      waiting, PlatformWait.patience(environment.get(PlatformWait.SETTING)))
                  .await(server);
              return channel;
            },
            Arrays.asList(args))
        .execute(args);
  }

  /**
   * The command line itself, for programs that add commands to it or bring their own connection.
   *
   * @param channels makes the channel for the value of {@code --server}
   */
  public static CommandLine commandLine(
      Terminal terminal, Function<String, ManagedChannel> channels) {
    return commandLine(terminal, channels, List.of());
  }

  private static CommandLine commandLine(
      Terminal terminal, Function<String, ManagedChannel> channels, List<String> args) {
    var root = new KedgeCommand(terminal, channels);
    var failures = new FailureReport(terminal, root);
    return Subcommands.add(new CommandLine(root), args)
        .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setUsageHelpAutoWidth(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  Gateway connect() {
    return new Gateway(channels.apply(server), project);
  }

  Terminal terminal() {
    return terminal;
  }

  String server() {
    return server;
  }

  boolean json() {
    return json;
  }
}
