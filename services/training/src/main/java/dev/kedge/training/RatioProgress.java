package dev.kedge.training;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kedge.models.train.TrainingLoop;
import dev.kedge.models.train.TrainingState;
import dev.kedge.stage.StageContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a {@link RatioSearch} needs to go on: few numbers, written at once. */
record RatioProgress(StageContext context) {
  private static final String STATE = "state.safetensors";
  private static final String LOOKS = "looks.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Saves where a search is. */
  void save(TrainingLoop<?> loop, List<RatioLook> looks) throws IOException {
    Path folder = Files.createTempDirectory(context.scratch(), "progress-");
    loop.state().write(folder.resolve(STATE));
    JSON.writeValue(folder.resolve(LOOKS).toFile(), looks);
    context.saveProgress(folder);
  }

  /** Brings a loop to where it was saved last; gives the looks so far, none at the beginning. */
  List<RatioLook> restore(TrainingLoop<?> loop) throws IOException {
    Optional<Path> saved = context.resumed();
    if (saved.isEmpty()) {
      return new ArrayList<>();
    }
    try (TrainingState state = TrainingState.read(saved.get().resolve(STATE))) {
      loop.restore(state);
    }
    return JSON.readValue(
        saved.get().resolve(LOOKS).toFile(), new TypeReference<ArrayList<RatioLook>>() {});
  }
}
