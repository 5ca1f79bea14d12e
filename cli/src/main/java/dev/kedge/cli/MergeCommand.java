package dev.kedge.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.kedge.cli.file.MergeFile;
import dev.kedge.cli.merge.LocalMerge;
import dev.kedge.cli.transfer.ProgressBar;
import dev.kedge.cli.view.Counts;
import dev.kedge.cli.view.Json;
import dev.kedge.cli.view.Visible;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kedge merge}. */
@Command(
    name = "merge",
    description = {
      "Merges models in local Hugging Face folders into new ones. No platform is needed.",
      "Computes in float32, in bounded memory. Configuration and tokenizer come from the base.",
      "All is checked before the first byte; the folder appears once it is complete."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  kedge merge merge.yaml --out ./merged",
      "  kedge merge merge.yaml --out ./merged --shard-size 2GB --json",
      "",
      "The smallest file, WiSE-FT half-way between two models:",
      "",
      "  models: {base: ./clip-base, tuned: ./clip-tuned}",
      "  recipe:",
      "    wise_ft: {base: base, tuned: tuned, alpha: 0.5}",
      "",
      "Several results of one reading, in ./merged/third and ./merged/half:",
      "",
      "  recipes:",
      "    third: {wise_ft: {base: ./clip-base, tuned: ./clip-tuned, alpha: 0.333}}",
      "    half: {wise_ft: {base: ./clip-base, tuned: ./clip-tuned, alpha: 0.5}}",
      "",
      "Recipes: wise_ft, linear, ema, blockwise, lines, by_name, slerp,",
      "task_arithmetic, ties, dare, fisher, model_stock. A recipe may stand wherever",
      "a model does. docs/recipes.md has all fields, and mergekit's configurations",
      "beside ours."
    })
final class MergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "RECIPE.yaml",
      description = "The merge file. Paths in it are relative to its own folder.")
  private Path file;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder.")
  private Path out;

  @Option(
      names = "--shard-size",
      paramLabel = "SIZE",
      defaultValue = "5GB",
      converter = ByteSize.class,
      description = "Weights over this are split, e.g. 500MB; ${DEFAULT-VALUE} by default.")
  private long shardBytes;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that work; one for each core by default.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException {
    if (threads < 1) {
      throw new UserMistakeException("--threads is " + threads + ": give at least 1");
    }
    KedgeCommand root = (KedgeCommand) spec.root().userObject();
    LocalMerge merge = new LocalMerge(MergeFile.read(file), shardBytes, threads);
    LocalMerge.Result result = merge(merge, root.terminal());
    result.notes().forEach(note -> root.terminal().err().println("note: " + Visible.line(note)));
    root.terminal().out().println(root.json() ? json(result) : words(result));
    return ExitCode.OK;
  }

  private LocalMerge.Result merge(LocalMerge merge, Terminal terminal) throws IOException {
    try (ProgressBar bar = new ProgressBar(terminal.err(), terminal.interactive())) {
      return merge.into(out, bar::at);
    }
  }

  private String words(LocalMerge.Result result) {
    int models = result.recipes().size();
    return "merged %s%s (%,d MB) into %s"
        .formatted(
            models == 1 ? "" : models + " models of ",
            Counts.of(result.tensors(), "tensor"),
            Math.round(result.bytes() / 1e6),
            out);
  }

  private String json(LocalMerge.Result result) {
    JsonObject json = new Gson().toJsonTree(result).getAsJsonObject();
    json.addProperty("folder", out.toString());
    return Json.pretty(json);
  }
}
