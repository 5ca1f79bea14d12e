package dev.kedge.cli;

import com.google.longrunning.Operation;
import dev.kedge.cli.transfer.FileUpload;
import dev.kedge.cli.transfer.ModelFolder;
import dev.kedge.cli.view.RegistryView;
import dev.kedge.cli.view.Unreachable;
import dev.kedge.cli.view.Visible;
import dev.kedge.v1.File;
import dev.kedge.v1.GetModelVersionRequest;
import dev.kedge.v1.ImportModelRequest;
import dev.kedge.v1.ListModelsRequest;
import dev.kedge.v1.ListModelsResponse;
import dev.kedge.v1.ModelVersion;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge model}. */
@Command(
    name = "model",
    description = "Registers and shows base models.",
    subcommands = {ModelCommand.Import.class, ModelCommand.ListAll.class, ModelCommand.Get.class})
final class ModelCommand {
  /** {@code kedge model import}. */
  @Command(
      name = "import",
      description = {
        "Registers a Hugging Face folder as a new version of a model.",
        "The gateway checks every file before it registers any. Weights must be safetensors:"
            + " pickles (*.bin, *.pt) are never read.",
        "A LoRA adapter of PEFT is merged into the model that --base names."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  kedge model import clip-base ./clip-vit-base-patch32",
        "  kedge model import my-opt ./my-adapter --base opt-125m"
      })
  static final class Import extends GatewayCommand {
    @Parameters(
        index = "0",
        paramLabel = "NAME",
        description = "Lower-case letters, digits and `-`.")
    private String name;

    @Parameters(index = "1", paramLabel = "PATH", description = "The folder.")
    private Path folder;

    @Option(
        names = "--base",
        paramLabel = "MODEL",
        defaultValue = "",
        description = "The registered model that the folder's LoRA adapter belongs to.")
    private String base;

    @Override
    int run(Gateway gateway) throws Exception {
      var model = ModelFolder.of(folder);
      model
          .leftOut()
          .forEach(file -> terminal().err().println("left out, a pickle: " + Visible.line(file)));
      List<File> files =
          new FileUpload(gateway.uploads(), gateway.parent(), terminal().err(), interactive())
              .send(model.files());
      Operation done =
          gateway
              .registry()
              .importModel(
                  ImportModelRequest.newBuilder()
                      .setParent(gateway.parent())
                      .setModelId(name)
                      .addAllFiles(files)
                      .setBase(base.isEmpty() ? "" : gateway.model(base))
                      .setOrigin(folder.toAbsolutePath().normalize().getFileName().toString())
                      .build());
      ModelVersion version = Finished.response(done, ModelVersion.class);
      return answer(version, "registered " + RegistryView.model(version));
    }

    private boolean interactive() {
      return terminal().interactive();
    }
  }

  /** {@code kedge model list}. */
  @Command(name = "list", description = "Lists the models with their newest versions.")
  static final class ListAll extends GatewayCommand {
    @Override
    int run(Gateway gateway) {
      var all = ListModelsResponse.newBuilder();
      String page = "";
      do {
        ListModelsResponse answer =
            gateway
                .registry()
                .listModels(
                    ListModelsRequest.newBuilder()
                        .setParent(gateway.parent())
                        .setPageToken(page)
                        .build());
        all.addAllModels(answer.getModelsList()).addAllUnreachable(answer.getUnreachableList());
        page = answer.getNextPageToken();
      } while (!page.isEmpty());
      return answer(
          all,
          Unreachable.after(RegistryView.models(all.getModelsList()), all.getUnreachableList()));
    }
  }

  /** {@code kedge model get}. */
  @Command(
      name = "get",
      description = "Shows one version of a model.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  kedge model get clip-base",
        "  kedge model get clip-base@production",
        "  kedge model get clip-base/versions/2"
      })
  static final class Get extends GatewayCommand {
    @Parameters(
        paramLabel = "MODEL",
        description = "NAME (its newest version), NAME@ALIAS or NAME/versions/V.")
    private String name;

    @Override
    int run(Gateway gateway) {
      ModelVersion version =
          gateway
              .registry()
              .getModelVersion(
                  GetModelVersionRequest.newBuilder().setName(gateway.model(name)).build());
      return answer(version, RegistryView.model(version));
    }
  }
}
