package dev.kedge.cli;

import com.google.protobuf.MessageOrBuilder;
import dev.kedge.cli.view.Json;
import dev.kedge.cli.view.Visible;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that talks to the gateway. */
abstract class GatewayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /**
   * Does the work.
   *
   * @return the exit code
   */
  abstract int run(Gateway gateway) throws Exception;

  @Override
  public Integer call() throws Exception {
    try (Gateway gateway = root().connect()) {
      return run(gateway);
    }
  }

  Terminal terminal() {
    return root().terminal();
  }

  boolean json() {
    return root().json();
  }

  /** Prints text that may hold what others wrote. */
  void print(String text) {
    terminal().out().println(Visible.text(text));
  }

  /** Prints an answer: as it is for programs, in words for people. */
  int answer(MessageOrBuilder message, String words) {
    print(json() ? Json.pretty(message) : words);
    return ExitCode.OK;
  }

  private KedgeCommand root() {
    return (KedgeCommand) spec.root().userObject();
  }
}
