package dev.kedge.standalone;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/settings.md} has every setting of the processes, each with its default. */
class SettingsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern MAPPING =
      Pattern.compile(
          "package ([a-z0-9.]+);.*^@ConfigMapping\\(.*?^public interface (\\w+)",
          Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(KEDGE_[A-Z0-9_]+)` \\| (`[^`]+`|none|required) \\|");
  private static final Pattern WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  /** The one that is a property of its own. */
  private static final Map<String, String> ALONE = Map.of("KEDGE_PRODUCTION", "`false`");

  @Test
  void everySettingIsInTheTableWithItsDefaultAndNoOtherIs() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/settings.md"));
    String table = text.substring(text.indexOf("## Of the processes"), text.indexOf("## Of what"));
    Map<String, String> documented =
        ROW.matcher(table).results().collect(toMap(row -> row.group(1), row -> row.group(2)));

    Map<String, String> settings = settings();
    assertThat(settings).containsEntry("KEDGE_STAGE_LEASE_TTL", "`30s`");
    assertThat(documented).containsExactlyInAnyOrderEntriesOf(settings);
  }

  private static Map<String, String> settings() throws IOException {
    Map<String, String> settings = new HashMap<>(ALONE);
    List<Class<?>> mappings = mappings();
    assertThat(mappings).hasSizeGreaterThan(10);
    for (Class<?> mapping : mappings) {
      add(settings, mapping.getAnnotation(ConfigMapping.class).prefix(), mapping);
    }
    return settings;
  }

  /** Of all processes, as their sources have them. */
  private static List<Class<?>> mappings() throws IOException {
    List<Class<?>> mappings = new ArrayList<>();
    for (String folder : List.of("libs", "services", "workflows")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
        for (Path file : files.filter(SettingsTest::isSource).toList()) {
          Matcher mapping = MAPPING.matcher(Files.readString(file));
          if (mapping.find()) {
            mappings.add(loaded(mapping.group(1) + "." + mapping.group(2)));
          }
        }
      }
    }
    return mappings;
  }

  private static boolean isSource(Path file) {
    return file.toString().endsWith(".java") && file.toString().contains("src/main/java");
  }

  private static Class<?> loaded(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the standalone platform lacks " + name, e);
    }
  }

  private static void add(Map<String, String> settings, String prefix, Class<?> type) {
    for (Method property : type.getDeclaredMethods()) {
      String name = prefix + "." + WORD.matcher(property.getName()).replaceAll("-");
      if (property.getReturnType().getEnclosingClass() == type
          && property.getReturnType().isInterface()) {
        add(settings, name, property.getReturnType());
      } else {
        settings.put(variable(name), standard(property));
      }
    }
  }

  private static String variable(String name) {
    return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  private static String standard(Method property) {
    WithDefault standard = property.getAnnotation(WithDefault.class);
    if (standard != null) {
      return "`" + standard.value() + "`";
    }
    boolean optional =
        property.getReturnType() == Optional.class || property.getReturnType() == OptionalInt.class;
    return optional ? "none" : "required";
  }
}
