package dev.kedge.cli;

import com.google.protobuf.util.Durations;
import dev.kedge.cli.view.GarbageView;
import dev.kedge.cli.view.Visible;
import dev.kedge.v1.CollectGarbageRequest;
import dev.kedge.v1.CollectGarbageResponse;
import dev.kedge.v1.CollectedGarbage;
import java.util.Iterator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kedge gc}. */
@Command(
    name = "gc",
    description = {
      "Shows what the project keeps, and what of it nothing names any more: what deleted experiments"
          + " left, and stages that were replaced. Changes nothing unless it is told to.",
      "With --remove it marks what it finds, and removes what an earlier run marked at least the time"
          + " of grace ago and nobody has named since: so let it run every day."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  kedge gc", "  kedge gc --remove", "  kedge gc --remove --grace 2"})
final class GarbageCommand extends GatewayCommand {
  private static final String CLEAR = "\r\u001b[K";

  @Option(
      names = "--remove",
      description = "Marks what nothing names, and removes what was marked long enough ago.")
  private boolean remove;

  @Option(
      names = "--grace",
      paramLabel = "DAYS",
      defaultValue = "7",
      description =
          "How long what nothing names stays once it is marked; 7 by default, 1 at least.")
  private int days;

  @Override
  int run(Gateway gateway) {
    CollectedGarbage collected = follow(gateway.storage().collectGarbage(request(gateway)));
    return answer(collected, GarbageView.of(collected));
  }

  private CollectGarbageRequest request(Gateway gateway) {
    return CollectGarbageRequest.newBuilder()
        .setParent(gateway.parent())
        .setRemove(remove)
        .setGracePeriod(Durations.fromDays(days))
        .build();
  }

  private CollectedGarbage follow(Iterator<CollectGarbageResponse> news) {
    CollectGarbageResponse last = news.next();
    while (last.hasProgress()) {
      draw("%s: %,d".formatted(last.getProgress().getDoing(), last.getProgress().getDone()));
      last = news.next();
    }
    draw("");
    return last.getCollected();
  }

  private void draw(String line) {
    if (terminal().interactive()) {
      terminal().err().print(CLEAR + Visible.line(line));
      terminal().err().flush();
    }
  }
}
