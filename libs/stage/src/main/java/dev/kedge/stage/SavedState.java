package dev.kedge.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.store.CanonicalJson;
import java.nio.charset.StandardCharsets;

/**
 * What goes with saved progress beside the executor's files.
 *
 * @param computeSeconds spent up to it, earlier attempts included
 * @param exact whether it is, bit for bit, what one attempt under one numerics profile computes
 * @param profile the numerics profile that the first of it was computed under
 */
record SavedState(double computeSeconds, boolean exact, NumericsProfile profile) {
  /** Before anything was computed. */
  static SavedState nothing(NumericsProfile own) {
    return new SavedState(0, true, own);
  }

  static SavedState read(JsonNode json) {
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    return CanonicalJson.read(bytes, SavedState.class, "the state of saved progress");
  }

  JsonNode json() {
    return CanonicalJson.tree(this);
  }
}
