package dev.kedge.data.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kedge.data.Digests;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a record says, whatever its spelling: the values of its fields, sorted by the fields' names,
 * in Unicode's form NFKC, with a single blank for any white space.
 */
public record RecordText(String text) {
  private static final String ID = "id";
  private static final Pattern BLANKS = Pattern.compile("(?U)\\s+");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

  /**
   * The text of a record.
   *
   * @param fields which of its fields; all but its id where empty
   */
  public static RecordText of(TextRecord record, Set<String> fields) {
    var text = new StringBuilder();
    for (String field : fields.isEmpty() ? allButId(record) : new TreeSet<>(fields)) {
      append(record.fields().path(field), text);
    }
    String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
    return new RecordText(BLANKS.matcher(composed).replaceAll(" ").strip());
  }

  private static Set<String> allButId(TextRecord record) {
    Set<String> names = new TreeSet<>();
    record.fields().fieldNames().forEachRemaining(names::add);
    names.remove(ID);
    return names;
  }

  private static void append(JsonNode value, StringBuilder text) {
    if (value.isContainerNode()) {
      value.forEach(part -> append(part, text));
    } else if (!value.isMissingNode() && !value.isNull()) {
      text.append(value.asText()).append('\n');
    }
  }

  /** The first 64 bits of the text's SHA-256: equal texts have equal ones. */
  public long digest() {
    return ByteBuffer.wrap(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8)))
        .getLong();
  }

  /** Its words in lower case, without any punctuation. */
  public String[] words() {
    String bare = NO_WORD.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    return bare.isEmpty() ? new String[0] : bare.split(" ", -1);
  }
}
