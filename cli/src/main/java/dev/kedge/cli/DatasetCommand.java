package dev.kedge.cli;

import com.google.longrunning.Operation;
import dev.kedge.cli.transfer.ColumnNames;
import dev.kedge.cli.transfer.DatasetFormat;
import dev.kedge.cli.transfer.DatasetSource;
import dev.kedge.cli.transfer.FileUpload;
import dev.kedge.cli.transfer.WebAddress;
import dev.kedge.cli.view.ContentsView;
import dev.kedge.cli.view.RegistryView;
import dev.kedge.cli.view.Unreachable;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.GetDatasetVersionRequest;
import dev.kedge.v1.ImportDatasetRequest;
import dev.kedge.v1.ListDatasetsRequest;
import dev.kedge.v1.ListDatasetsResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kedge dataset}. */
@Command(
    name = "dataset",
    description = "Registers and shows data.",
    subcommands = {
      DatasetCommand.Import.class,
      DatasetCommand.ListAll.class,
      DatasetCommand.Get.class
    })
final class DatasetCommand {
  /** {@code kedge dataset import}. */
  @Command(
      name = "import",
      description = {
        "Registers labelled pictures, records or texts as a new version of a data set.",
        "PATH is a folder of CLASS/NAME.jpg, of WebDataset's .tar files, of pictures with one table of their classes,"
            + " of tables (.jsonl, .json, .csv, .tsv, .parquet) or of .txt files, a .tar, .tar.gz or .zip of one, a single"
            + " table or .txt file, or a prefix s3://kedge/PREFIX in the platform's own bucket (`kedge` unless KEDGE_S3_BUCKET"
            + " names another). Addresses of such files on the web, presigned ones for example, are fetched by the platform"
            + " itself; @FILE stands for the addresses in a file, one a line."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  kedge dataset import photo-train ./photo",
        "  kedge dataset import photo-train photo.tar",
        "  kedge dataset import photo-train s3://kedge/incoming/photo",
        "  kedge dataset import photo-train 'https://example.com/photo.tar?signature=…'",
        "  kedge dataset import laion @addresses.txt",
        "  kedge dataset import medmcqa-train medmcqa-train.jsonl",
        "  kedge dataset import qa-train qa.csv --column question=prompt",
        "  kedge dataset import shop-train ./shop --format image_table --column file=url --column class=kind",
        "  kedge dataset import coco ./coco --format image_captions",
        "  kedge dataset import imagenet-v2 ./shards --format webdataset",
        "  kedge dataset import wikitext ./articles --format text"
      })
  static final class Import extends GatewayCommand {
    @Parameters(
        index = "0",
        paramLabel = "NAME",
        description = "Lower-case letters, digits and `-`.")
    private String name;

    @Parameters(
        index = "1..*",
        arity = "1..*",
        paramLabel = "PATH",
        description = "Folder, archive, file or s3:// prefix; or https:// addresses of files.")
    private List<String> paths;

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        description =
            "How the data is laid out: image_folder, webdataset (KEY.jpg beside KEY.cls or KEY.json),"
                + " image_table (pictures, and a .csv, .tsv, .jsonl, .parquet or a .txt of PATH LABEL lines),"
                + " image_captions (pictures, and COCO's .json or a table of their captions),"
                + " records (tables) or text (a document a file). What the files' names tell by default.")
    private String format;

    @Option(
        names = "--column",
        paramLabel = "NAME=COLUMN",
        description =
            "Of a table: gives one of its columns another name; of image_table, file and class name the two"
                + " that it needs, of image_captions file and caption.")
    private List<String> columns = List.of();

    @Override
    int run(Gateway gateway) throws IOException {
      Operation done = gateway.registry().importDataset(request(gateway));
      DatasetVersion version = Finished.response(done, DatasetVersion.class);
      return answer(version, "registered " + RegistryView.dataset(version));
    }

    private ImportDatasetRequest request(Gateway gateway) throws IOException {
      var request =
          ImportDatasetRequest.newBuilder()
              .setParent(gateway.parent())
              .setDatasetId(name)
              .setFormat(format().name())
              .putAllColumns(ColumnNames.of(columns));
      if (isOnTheWeb()) {
        return request.addAllUrls(paths).setOrigin(WebAddress.told(paths)).build();
      }
      String path = path();
      if (isStored()) {
        return request.setUri(path).setOrigin(path).build();
      }
      Path local = Path.of(path);
      var upload =
          new FileUpload(
              gateway.uploads(), gateway.parent(), terminal().err(), terminal().interactive());
      return request
          .addAllFiles(upload.send(DatasetSource.at(local)))
          .setOrigin(local.toAbsolutePath().normalize().getFileName().toString())
          .build();
    }

    private boolean isOnTheWeb() {
      return paths.stream().allMatch(WebAddress::isOne);
    }

    private boolean isStored() {
      return path().startsWith("s3://");
    }

    private String path() {
      if (paths.size() > 1) {
        throw new UserMistakeException(
            "%d paths are given: name one, or several https:// addresses".formatted(paths.size()));
      }
      return paths.get(0);
    }

    private DatasetFormat format() throws IOException {
      if (format != null) {
        return DatasetFormat.named(format);
      }
      if (isOnTheWeb()) {
        return DatasetFormat.guessed(paths.stream().map(WebAddress::file).toList());
      }
      return isStored()
          ? DatasetFormat.guessed(List.of(path()))
          : DatasetFormat.guessed(Path.of(path()));
    }
  }

  /** {@code kedge dataset list}. */
  @Command(name = "list", description = "Lists the data sets with their newest versions.")
  static final class ListAll extends GatewayCommand {
    @Override
    int run(Gateway gateway) {
      var all = ListDatasetsResponse.newBuilder();
      String page = "";
      do {
        ListDatasetsResponse answer =
            gateway
                .registry()
                .listDatasets(
                    ListDatasetsRequest.newBuilder()
                        .setParent(gateway.parent())
                        .setPageToken(page)
                        .build());
        all.addAllDatasets(answer.getDatasetsList()).addAllUnreachable(answer.getUnreachableList());
        page = answer.getNextPageToken();
      } while (!page.isEmpty());
      return answer(
          all,
          Unreachable.after(
              RegistryView.datasets(all.getDatasetsList()), all.getUnreachableList()));
    }
  }

  /** {@code kedge dataset get}. */
  @Command(
      name = "get",
      description = {
        "Shows one version of a data set, and what was found in it when an experiment prepared it: samples of"
            + " each class, duplicates, formats and sizes, and what was left out."
      },
      footerHeading = "%nExamples:%n",
      footer = {"  kedge dataset get photo-train", "  kedge dataset get photo-train/versions/2"})
  static final class Get extends GatewayCommand {
    @Parameters(
        paramLabel = "DATASET",
        description = "NAME (its newest version) or NAME/versions/V.")
    private String name;

    @Override
    int run(Gateway gateway) {
      DatasetVersion version =
          gateway
              .registry()
              .getDatasetVersion(
                  GetDatasetVersionRequest.newBuilder().setName(gateway.dataset(name)).build());
      return answer(version, RegistryView.dataset(version) + "\n" + ContentsView.of(version));
    }
  }
}
