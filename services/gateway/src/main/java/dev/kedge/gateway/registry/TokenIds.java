package dev.kedge.gateway.registry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.kedge.tensors.OutsideJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The ids that a tokenizer gives to its tokens, found in one pass: of the words, which may be
 * millions, none is kept.
 */
final class TokenIds {
  private final Set<Long> sought;
  private final Set<Long> found = new HashSet<>();
  private long largest = -1;

  private TokenIds(Set<Long> sought) {
    this.sought = sought;
  }

  /**
   * Reads a file.
   *
   * @param wordsAlone whether it is a {@code vocab.json} and not a {@code tokenizer.json}
   * @param sought what to look for
   * @throws IllegalArgumentException if it is too large, or not JSON
   */
  static TokenIds of(Path file, boolean wordsAlone, Set<Long> sought) throws IOException {
    TokenIds ids = new TokenIds(sought);
    try (JsonParser parser = OutsideJson.VOCABULARY.parser(file)) {
      parser.nextToken();
      if (wordsAlone) {
        ids.words(parser);
      } else {
        ids.tokenizer(parser);
      }
      return ids;
    } catch (StreamConstraintsException e) {
      throw new IllegalArgumentException(
          OutsideJson.VOCABULARY.tooMuch(file.getFileName().toString()), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file.getFileName() + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** -1 where there are none. */
  long largest() {
    return largest;
  }

  /** Which of those that were sought are there. */
  Set<Long> found() {
    return Set.copyOf(found);
  }

  private void tokenizer(JsonParser parser) throws IOException {
    each(
        parser,
        name -> {
          switch (name) {
            case "model" -> member(parser, "vocab", () -> words(parser));
            case "added_tokens" -> added(parser);
            default -> parser.skipChildren();
          }
        });
  }

  /** An object gives each word its id, a list of words with their scores their places. */
  private void words(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      for (long place = 0; parser.nextToken() != JsonToken.END_ARRAY; place++) {
        parser.skipChildren();
        add(place);
      }
    } else {
      each(parser, word -> value(parser));
    }
  }

  private void added(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      member(parser, "id", () -> value(parser));
    }
  }

  private void value(JsonParser parser) throws IOException {
    if (parser.currentToken().isScalarValue()) {
      add(parser.getValueAsLong(-1));
    }
    parser.skipChildren();
  }

  private void add(long id) {
    largest = Math.max(largest, id);
    if (sought.contains(id)) {
      found.add(id);
    }
  }

  private static void member(JsonParser parser, String member, Reading reading) throws IOException {
    each(
        parser,
        name -> {
          if (name.equals(member)) {
            reading.run();
          } else {
            parser.skipChildren();
          }
        });
  }

  /** Reads each member of an object; anything else is passed over. */
  private static void each(JsonParser parser, MemberReading reading) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      reading.of(name);
    }
  }

  private interface Reading {
    void run() throws IOException;
  }

  private interface MemberReading {
    void of(String name) throws IOException;
  }
}
