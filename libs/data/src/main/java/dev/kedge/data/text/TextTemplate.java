package dev.kedge.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.data.UnusableDatasetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Text with places that a record fills: {@code {field}} is a field's value, {@code {list[field]}}
 * the element of a list at the place that another field tells, from 0, {@code {list[*]}} each of
 * its elements in turn; doubled braces are braces.
 */
public final class TextTemplate {
  private static final String EACH = "*";
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<brace>\\{\\{|}})|\\{(?<field>[^{}\\[\\]]+)(\\[(?<index>[^{}\\[\\]]+)])?}|(?<stray>[{}])");

  private final String source;
  private final List<Piece> pieces;

  private TextTemplate(String source, List<Piece> pieces) {
    this.source = source;
    this.pieces = List.copyOf(pieces);
  }

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if a brace stands alone; the message shows the forms
   */
  public static TextTemplate parse(String source) {
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(source);
    int from = 0;
    while (matcher.find()) {
      pieces.add(new Literal(source.substring(from, matcher.start())));
      pieces.add(piece(matcher, source));
      from = matcher.end();
    }
    pieces.add(new Literal(source.substring(from)));
    return new TextTemplate(source, pieces);
  }

  private static Piece piece(Matcher matcher, String source) {
    if (matcher.group("stray") != null) {
      throw new IllegalArgumentException(
          "`%s` has a lone %s at character %d: write {field} or {list[field]}, and {{ or }} for a brace"
              .formatted(source, matcher.group("stray"), matcher.start() + 1));
    }
    if (matcher.group("brace") != null) {
      return new Literal(matcher.group("brace").substring(1));
    }
    String index = matcher.group("index");
    return index == null
        ? new Field(matcher.group("field"))
        : new Element(matcher.group("field"), index);
  }

  /** The fields that it needs, sorted. */
  public Set<String> fields() {
    Set<String> names = new TreeSet<>();
    pieces.forEach(piece -> names.addAll(piece.fields()));
    return names;
  }

  /** Whether it stands for several texts, one for each element of a list. */
  public boolean isEach() {
    return pieces.stream().anyMatch(Piece::isEach);
  }

  /**
   * The text for a record.
   *
   * @throws UnusableDatasetException if the record lacks what is needed; the message names both
   */
  public String of(TextRecord record) {
    if (isEach()) {
      throw new IllegalArgumentException(
          "`%s` stands for several texts where one is needed".formatted(source));
    }
    return fill(record, -1);
  }

  /** The texts for a record: one for each element where it has {@code {list[*]}}, else one. */
  public List<String> each(TextRecord record) {
    return pieces.stream()
        .filter(Piece::isEach)
        .findFirst()
        .map(
            list ->
                IntStream.range(0, value(record, ((Element) list).list()).size())
                    .mapToObj(at -> fill(record, at))
                    .toList())
        .orElseGet(() -> List.of(of(record)));
  }

  private String fill(TextRecord record, int at) {
    var text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.text(record, at)));
    return text.toString();
  }

  @Override
  public String toString() {
    return source;
  }

  private static JsonNode value(TextRecord record, String field) {
    JsonNode value = record.fields().path(field);
    if (value.isMissingNode() || value.isNull()) {
      throw unusable(record, "has no field `%s`".formatted(field));
    }
    return value;
  }

  private static String scalar(TextRecord record, String field, JsonNode value) {
    if (!value.isValueNode() || value.isNull()) {
      throw unusable(record, "has no single value in `%s`, but %s".formatted(field, value));
    }
    return value.asText();
  }

  private static UnusableDatasetException unusable(TextRecord record, String why) {
    return new UnusableDatasetException("record '%s' %s".formatted(record.id(), why));
  }

  private sealed interface Piece {
    String text(TextRecord record, int at);

    default List<String> fields() {
      return List.of();
    }

    default boolean isEach() {
      return false;
    }
  }

  private record Literal(String text) implements Piece {
    @Override
    public String text(TextRecord record, int at) {
      return text;
    }
  }

  private record Field(String name) implements Piece {
    @Override
    public String text(TextRecord record, int at) {
      return scalar(record, name, value(record, name));
    }

    @Override
    public List<String> fields() {
      return List.of(name);
    }
  }

  private record Element(String list, String index) implements Piece {
    @Override
    public String text(TextRecord record, int at) {
      JsonNode elements = value(record, list);
      if (!elements.isArray()) {
        throw unusable(record, "has no list in `%s`, but %s".formatted(list, elements));
      }
      int place = isEach() ? at : place(record, elements.size());
      return scalar(record, "%s[%d]".formatted(list, place), elements.get(place));
    }

    private int place(TextRecord record, int size) {
      JsonNode place = value(record, index);
      if (!place.canConvertToInt() || place.asInt() < 0 || place.asInt() >= size) {
        throw unusable(
            record,
            "has %s in `%s`, but `%s` has the places 0 to %d: repair or remove the record; places are counted from 0"
                .formatted(place, index, list, size - 1));
      }
      return place.asInt();
    }

    @Override
    public List<String> fields() {
      return isEach() ? List.of(list) : List.of(list, index);
    }

    @Override
    public boolean isEach() {
      return index.equals(EACH);
    }
  }
}
