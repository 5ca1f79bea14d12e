package dev.kedge.dataprep;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.contract.StageKey;
import dev.kedge.stage.v1.PrepareSpec;
import dev.kedge.stage.v1.StageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a share says of itself, so that only shares of one source are merged: {@code share.json}.
 *
 * @param format how the source is laid out
 * @param index from 0
 * @param count how many shares there are
 * @param whole 64 hexadecimal digits, equal for all shares of one source
 */
record ShareLabel(String format, int index, int count, String whole) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "share.json";

  static ShareLabel of(PrepareSpec spec) {
    PrepareSpec.Builder whole = spec.toBuilder().clearMaxQuarantinedFraction();
    whole.getShareBuilder().clearIndex();
    return new ShareLabel(
        spec.getFormat().name(),
        spec.getShare().getIndex(),
        spec.getShare().getCount(),
        StageKey.of(StageSpec.newBuilder().setPrepare(whole).build()));
  }

  void write(Path folder) throws IOException {
    JSON.writeValue(folder.resolve(FILE).toFile(), this);
  }

  /**
   * Reads a share's.
   *
   * @throws IllegalArgumentException if the folder is no share
   */
  static ShareLabel read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "an artifact of `merge` is no share of a data set: give those of PREPARE stages that have a"
              + " `share`");
    }
    return JSON.readValue(file.toFile(), ShareLabel.class);
  }
}
