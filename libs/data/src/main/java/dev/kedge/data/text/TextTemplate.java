package dev.kedge.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * the element of a list at the place that another field tells, from 0, {@code {list[2]}} the one at
 * a place that is given, {@code {list[*]}} each of its elements in turn; doubled braces are braces.
 *
 * <p>{@code {*}} is a choice that is put into a prompt. A field may be a path, {@code
 * {choices.text[*]}}. Filters change a value before it is put in, {@code
 * {sentence|before:_|strip}}: see {@link TemplateFilter}.
 */
public final class TextTemplate {
  private static final String EACH = "*";
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<brace>\\{\\{|}})|\\{(?<field>[^{}\\[\\]|]+)(\\[(?<index>[^{}\\[\\]]+)])?(?<filters>(\\|[^{}|]+)*)}|(?<stray>[{}])");

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
    return new Value(
        matcher.group("field"),
        matcher.group("index"),
        TemplateFilter.parse(matcher.group("filters")));
  }

  /** The fields that it needs, sorted; of a path, its first. */
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

  /** Whether a choice stands in it. */
  public boolean takesChoice() {
    return pieces.stream().anyMatch(Piece::takesChoice);
  }

  /** The text for a record with a choice in the place of {@code {*}}. */
  public String of(TextRecord record, String choice) {
    ObjectNode fields = record.fields().deepCopy();
    return of(new TextRecord(record.id(), fields.put(EACH, choice)));
  }

  /** The texts for a record: one for each element where it has {@code {list[*]}}, else one. */
  public List<String> each(TextRecord record) {
    return pieces.stream()
        .filter(Piece::isEach)
        .findFirst()
        .map(
            list ->
                IntStream.range(0, value(record, ((Value) list).field()).size())
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
    JsonNode value = record.fields();
    for (String step : path(field)) {
      value = value.path(step);
    }
    if (value.isMissingNode() || value.isNull()) {
      throw unusable(record, "has no field `%s`".formatted(field));
    }
    return value;
  }

  private static List<String> path(String field) {
    return List.of(field.split("\\.", -1));
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

  /** What a template consists of. */
  private sealed interface Piece {
    String text(TextRecord record, int at);

    default List<String> fields() {
      return List.of();
    }

    default boolean isEach() {
      return false;
    }

    default boolean takesChoice() {
      return false;
    }
  }

  private record Literal(String text) implements Piece {
    @Override
    public String text(TextRecord record, int at) {
      return text;
    }
  }

  /**
   * A value out of the record.
   *
   * @param index which element of the list that the field is; null where it is none
   */
  private record Value(String field, String index, List<TemplateFilter> filters) implements Piece {
    @Override
    public String text(TextRecord record, int at) {
      String name = index == null ? field : "%s[%s]".formatted(field, index);
      JsonNode value = value(record, field);
      if (index != null) {
        value = element(record, value, at);
      }
      for (TemplateFilter filter : filters) {
        value = filter.of(value);
      }
      return scalar(record, name, value);
    }

    private JsonNode element(TextRecord record, JsonNode elements, int at) {
      if (!elements.isArray()) {
        throw unusable(record, "has no list in `%s`, but %s".formatted(field, elements));
      }
      return elements.get(isEach() ? at : place(record, elements.size()));
    }

    private int place(TextRecord record, int size) {
      JsonNode place = isNumber() ? IntNode.valueOf(Integer.parseInt(index)) : value(record, index);
      if (!place.canConvertToInt() || place.asInt() < 0 || place.asInt() >= size) {
        throw unusable(
            record,
            "has %s in `%s`, but `%s` has the places 0 to %d: repair or remove the record; places are counted from 0"
                .formatted(place, index, field, size - 1));
      }
      return place.asInt();
    }

    private boolean isNumber() {
      return index.matches("\\d{1,6}");
    }

    @Override
    public List<String> fields() {
      if (takesChoice()) {
        return List.of();
      }
      String root = path(field).get(0);
      return index == null || isEach() || isNumber()
          ? List.of(root)
          : List.of(root, path(index).get(0));
    }

    @Override
    public boolean isEach() {
      return EACH.equals(index);
    }

    @Override
    public boolean takesChoice() {
      return field.equals(EACH);
    }
  }
}
