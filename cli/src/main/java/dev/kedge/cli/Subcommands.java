package dev.kedge.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * The subcommands by their names. Reading the options of all of them takes longer than many a
 * command, so that a call makes only the one that it begins with.
 */
final class Subcommands {
  /** Tells of all others. */
  private static final String COMPLETION = "completion";

  private static final Map<String, Class<?>> ALL = all();

  private Subcommands() {}

  private static Map<String, Class<?>> all() {
    Map<String, Class<?>> all = new LinkedHashMap<>();
    all.put("up", PlatformCommand.Up.class);
    all.put("demo", PlatformCommand.Demo.class);
    all.put("model", ModelCommand.class);
    all.put("dataset", DatasetCommand.class);
    all.put("suite", SuiteCommand.class);
    all.put("init", InitCommand.class);
    all.put("plan", PlanCommand.class);
    all.put("launch", LaunchCommand.class);
    all.put("list", ListCommand.class);
    all.put("get", GetCommand.class);
    all.put("watch", WatchCommand.class);
    all.put("logs", LogsCommand.class);
    all.put("pause", PauseCommand.class);
    all.put("resume", ResumeCommand.class);
    all.put("cancel", CancelCommand.class);
    all.put("retry", RetryCommand.class);
    all.put("skip", SkipCommand.class);
    all.put("fork", ForkCommand.class);
    all.put("delete", DeleteCommand.class);
    all.put("report", ReportCommand.class);
    all.put("compare", CompareCommand.class);
    all.put("predictions", PredictionsCommand.class);
    all.put("export", ExportCommand.class);
    all.put("pack", PackCommand.class);
    all.put("unpack", UnpackCommand.class);
    all.put("promote", PromoteCommand.class);
    all.put("merge", MergeCommand.class);
    all.put("gc", GarbageCommand.class);
    all.put("eval", EvalCommand.class);
    all.put("doctor", DoctorCommand.class);
    all.put(COMPLETION, CompletionCommand.class);
    return all;
  }

  /** Adds those that a call may need. */
  static CommandLine add(CommandLine root, List<String> args) {
    String first = args.isEmpty() ? "" : args.get(0);
    boolean isEnough = ALL.containsKey(first) && !first.equals(COMPLETION);
    Collection<String> names = isEnough ? List.of(first) : ALL.keySet();
    names.forEach(name -> root.addSubcommand(name, ALL.get(name)));
    return root;
  }
}
