package dev.kedge.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** What fish has to know to complete a command: its subcommands, and their options. */
final class FishCompletion {
  private static final Pattern SENTENCE_END = Pattern.compile("[.;:](\\s|$)");

  private final String name;
  private final List<String> lines = new ArrayList<>();

  private FishCompletion(String name) {
    this.name = name;
  }

  /** The script, a line for each word that may come next. */
  static String of(String name, CommandSpec root) {
    var completion = new FishCompletion(name);
    completion.add(root, List.of());
    return String.join("\n", completion.lines) + "\n";
  }

  /**
   * Adds a command's words.
   *
   * @param path conditions that hold where it is called
   */
  private void add(CommandSpec command, List<String> path) {
    String here = condition(command, path);
    for (Map.Entry<String, CommandLine> each : command.subcommands().entrySet()) {
      CommandSpec subcommand = each.getValue().getCommandSpec();
      lines.add(
          "complete -c %s -n '%s' -f -a %s -d %s"
              .formatted(
                  name,
                  here,
                  each.getKey(),
                  quoted(first(subcommand.usageMessage().description()))));
      add(subcommand, plus(path, named(each.getKey(), command)));
    }
    for (OptionSpec option : command.options()) {
      // What all commands take is told once, by the first.
      if (!option.hidden() && !option.inherited()) {
        lines.add(line(option, option.scopeType() == ScopeType.INHERIT ? "true" : here));
      }
    }
  }

  /** Where its words may stand: after the command's own, and before those of a subcommand. */
  private static String condition(CommandSpec command, List<String> path) {
    List<String> conditions = new ArrayList<>(path);
    if (!command.subcommands().isEmpty()) {
      conditions.add(
          "not __fish_seen_subcommand_from " + String.join(" ", command.subcommands().keySet()));
    }
    return conditions.isEmpty() ? "true" : String.join("; and ", conditions);
  }

  /** Fish knows which words were seen, not in which order: others have commands of that name. */
  private static String named(String word, CommandSpec among) {
    String seen = "__fish_seen_subcommand_from " + word;
    String others =
        among.subcommands().entrySet().stream()
            .filter(other -> other.getValue().getSubcommands().containsKey(word))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(" "));
    return others.isEmpty() ? seen : seen + "; and not __fish_seen_subcommand_from " + others;
  }

  private String line(OptionSpec option, String here) {
    String names =
        Arrays.stream(option.names())
            .map(each -> each.startsWith("--") ? "-l " + each.substring(2) : "-s " + each.charAt(1))
            .collect(Collectors.joining(" "));
    return "complete -c %s -n '%s' %s%s -d %s"
        .formatted(name, here, names, argument(option), quoted(first(option.description())));
  }

  /** One of a few words, a file, or none. */
  private static String argument(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    List<String> words = new ArrayList<>();
    if (option.completionCandidates() != null) {
      option.completionCandidates().forEach(words::add);
    }
    return words.isEmpty() ? " -r" : " -x -a " + quoted(String.join(" ", words));
  }

  /** Lists have room for a sentence. */
  private static String first(String[] description) {
    String whole = Ansi.OFF.string(String.join(" ", description).replace("%%", "%"));
    return SENTENCE_END.split(whole, 2)[0];
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static List<String> plus(List<String> path, String condition) {
    List<String> longer = new ArrayList<>(path);
    longer.add(condition);
    return longer;
  }
}
