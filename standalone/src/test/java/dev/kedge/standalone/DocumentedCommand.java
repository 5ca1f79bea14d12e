package dev.kedge.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of {@code kedge} that a document shows.
 *
 * @param line where it begins, from 1
 * @param isWhole whether it is to be typed as it is; what stands within a sentence may leave out
 *     what the command needs
 * @param words behind {@code kedge}, as the shell gives them to it
 */
record DocumentedCommand(Path file, int line, boolean isWhole, List<String> words) {
  private static final Pattern FENCE = Pattern.compile("\\s*```(\\w*)");
  private static final Set<String> SHELLS = Set.of("", "sh", "bash");
  private static final Pattern CODE = Pattern.compile("`((?:\\./)?kedge [^`]+)`");
  private static final Pattern WORD =
      Pattern.compile("[|&;]+|(?:'[^']*'|\"[^\"]*\"|[^\\s'\"|&;])+");
  private static final Pattern SEPARATOR = Pattern.compile("[|&;]+");
  private static final Pattern REDIRECTION = Pattern.compile("\\d?[<>].*");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Z_]+=.*");

  /** All of one document, in its shell blocks and in its sentences. */
  static List<DocumentedCommand> of(Path file) throws IOException {
    List<DocumentedCommand> found = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    String block = null;
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.lookingAt()) {
        block = block == null ? fence.group(1) : null;
      } else if (block == null) {
        for (Matcher code = CODE.matcher(lines.get(i)); code.find(); ) {
          add(found, file, i + 1, false, code.group(1));
        }
      } else if (SHELLS.contains(block)) {
        int first = i;
        var text = new StringBuilder(lines.get(i));
        while (text.toString().endsWith("\\")) {
          text.setLength(text.length() - 1);
          text.append(lines.get(++i));
        }
        add(found, file, first + 1, true, text.toString());
      }
    }
    return found;
  }

  private static void add(
      List<DocumentedCommand> to, Path file, int line, boolean isWhole, String text) {
    for (List<String> words : calls(text)) {
      if (words.size() > 1 && Set.of("kedge", "./kedge").contains(words.get(0))) {
        to.add(new DocumentedCommand(file, line, isWhole, words.subList(1, words.size())));
      }
    }
  }

  /** The words of each call of a line, without what the shell keeps to itself. */
  private static List<List<String>> calls(String text) {
    List<List<String>> calls = new ArrayList<>();
    List<String> call = new ArrayList<>();
    calls.add(call);
    boolean ends = false;
    for (Matcher matcher = WORD.matcher(text); matcher.find(); ) {
      String word = matcher.group();
      if (word.startsWith("#")) {
        break;
      }
      if (SEPARATOR.matcher(word).matches()) {
        call = new ArrayList<>();
        calls.add(call);
        ends = false;
        continue;
      }
      ends |= REDIRECTION.matcher(word).matches();
      if (!ends && !(call.isEmpty() && ASSIGNMENT.matcher(word).matches())) {
        call.add(word.replaceAll("['\"]", ""));
      }
    }
    return calls;
  }

  /** Whether it stands for many: what the shell puts in, or the reader, is not known here. */
  boolean isSketch() {
    return words.stream()
        .anyMatch(word -> word.contains("$") || word.contains("…") || word.contains("..."));
  }

  @Override
  public String toString() {
    return "%s:%d: kedge %s".formatted(file, line, String.join(" ", words));
  }
}
