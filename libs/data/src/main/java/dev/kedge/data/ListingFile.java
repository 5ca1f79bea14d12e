package dev.kedge.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a share of pictures says of the whole listing: {@code listing.json}.
 *
 * @param classes names of all classes
 * @param misplaced what cannot be a candidate; told by the first share alone
 */
record ListingFile(List<String> classes, List<Quarantined> misplaced) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "listing.json";

  ListingFile {
    classes = List.copyOf(classes);
    misplaced = List.copyOf(misplaced);
  }

  static void write(PictureListing listing, Share share, Path folder) throws IOException {
    List<Quarantined> misplaced = share.index() == 0 ? listing.misplaced() : List.of();
    JSON.writeValue(folder.resolve(FILE).toFile(), new ListingFile(listing.classes(), misplaced));
  }

  static ListingFile read(Path folder) throws IOException {
    return JSON.readValue(folder.resolve(FILE).toFile(), ListingFile.class);
  }
}
