package dev.kedge.cli;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import dev.kedge.cli.view.ExperimentView;
import dev.kedge.cli.view.Unreachable;
import dev.kedge.v1.Experiment;
import dev.kedge.v1.ListExperimentsRequest;
import dev.kedge.v1.ListExperimentsResponse;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code kedge list}. */
@Command(
    name = "list",
    description = "Lists experiments, newest first.",
    footerHeading = "%nExamples:%n",
    footer = {"  kedge list", "  kedge list --state ATTENTION --limit 10"})
final class ListCommand extends GatewayCommand {
  private static final int LARGEST_PAGE = 500;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      completionCandidates = States.class,
      converter = States.class,
      description = "Only those in this state: ${COMPLETION-CANDIDATES}.")
  private Experiment.State state;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "At most so many; 50 by default.")
  private int limit;

  @Override
  int run(Gateway gateway) {
    var all = ListExperimentsResponse.newBuilder();
    do {
      ListExperimentsResponse page = page(gateway, all);
      all.addAllExperiments(page.getExperimentsList())
          .addAllUnreachable(page.getUnreachableList())
          .setNextPageToken(page.getNextPageToken());
    } while (!all.getNextPageToken().isEmpty() && all.getExperimentsCount() < limit);
    return answer(
        all,
        Unreachable.after(ExperimentView.list(all.getExperimentsList()), all.getUnreachableList()));
  }

  private ListExperimentsResponse page(Gateway gateway, ListExperimentsResponse.Builder before) {
    return gateway
        .experiments()
        .listExperiments(
            ListExperimentsRequest.newBuilder()
                .setParent(gateway.parent())
                .setPageSize(Math.min(LARGEST_PAGE, limit - before.getExperimentsCount()))
                .setPageToken(before.getNextPageToken())
                .setFilter(state == null ? "" : "state = " + state)
                .build());
  }

  /** The states that an experiment can be in, in any case. */
  static final class States implements Iterable<String>, ITypeConverter<Experiment.State> {
    @Override
    public Iterator<String> iterator() {
      return names().iterator();
    }

    @Override
    public Experiment.State convert(String given) {
      String name = given.toUpperCase(Locale.ROOT);
      if (!names().contains(name)) {
        throw new TypeConversionException(
            "`%s` is no state: write one of %s".formatted(given, String.join(", ", names())));
      }
      return Experiment.State.valueOf(name);
    }

    /** Without what stands for no state and for states of later versions. */
    private static List<String> names() {
      return Experiment.getDescriptor().findEnumTypeByName("State").getValues().stream()
          .filter(state -> state.getNumber() > 0)
          .map(EnumValueDescriptor::getName)
          .toList();
    }
  }
}
