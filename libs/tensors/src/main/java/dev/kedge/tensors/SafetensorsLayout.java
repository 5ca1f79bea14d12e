package dev.kedge.tensors;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The rule that the tensors of a file cover its data exactly: no gap, no overlap, no rest. */
record SafetensorsLayout(Path file, long dataBytes) {
  private static final String REMEDY = "the file is damaged or lies about itself: fetch it again";

  void check(List<SafetensorsHeader.Place> places) throws MalformedTensorsException {
    long covered = 0;
    for (SafetensorsHeader.Place place : inFileOrder(places)) {
      if (place.begin() != covered) {
        String fault = place.begin() < covered ? "overlaps the tensor before it" : "leaves a hole";
        throw bad(
            "tensor '%s' %s: it begins at byte %d, expected %d"
                .formatted(place.spec().name(), fault, place.begin(), covered));
      }
      if (place.end() > dataBytes) {
        throw bad(
            "tensor '%s' ends at byte %d of the data, but there are only %d"
                .formatted(place.spec().name(), place.end(), dataBytes));
      }
      covered = place.end();
    }
    if (covered != dataBytes) {
      throw bad("%d bytes follow the last tensor".formatted(dataBytes - covered));
    }
  }

  private static List<SafetensorsHeader.Place> inFileOrder(List<SafetensorsHeader.Place> places) {
    return places.stream()
        .sorted(
            Comparator.comparingLong(SafetensorsHeader.Place::begin)
                .thenComparingLong(SafetensorsHeader.Place::end))
        .toList();
  }

  private MalformedTensorsException bad(String problem) {
    return MalformedTensorsException.of(file, problem, REMEDY);
  }
}
