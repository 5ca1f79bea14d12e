package dev.kedge.gateway.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts of an open page that change, and what its browser has of them. */
final class Parts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> sent = new HashMap<>();

  /** What a browser puts into the element of an id. */
  private record Part(String id, String html) {}

  /** Those that differ from what was sent last, for {@code live.js}. */
  List<String> changed(Map<String, String> now) {
    List<String> changed = new ArrayList<>();
    now.forEach(
        (id, html) -> {
          if (!html.equals(sent.put(id, html))) {
            changed.add(json(new Part(id, html)));
          }
        });
    return changed;
  }

  private static String json(Part part) {
    try {
      return JSON.writeValueAsString(part);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
