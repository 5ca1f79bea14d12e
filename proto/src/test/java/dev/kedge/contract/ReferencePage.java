package dev.kedge.contract;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A package's contracts as a document: everything that the files say, with their comments. */
final class ReferencePage {
  private final String name;
  private final List<FileDescriptorProto> files;
  private final StringBuilder page = new StringBuilder();

  private ReferencePage(String name, List<FileDescriptorProto> files) {
    this.name = name;
    this.files = files;
  }

  /**
   * The document.
   *
   * @param name of the package, for example {@code kedge.v1}
   * @param about what stands under its title
   * @param all files, also of other packages
   */
  static String of(String name, String about, List<FileDescriptorProto> all) {
    ReferencePage made =
        new ReferencePage(
            name,
            all.stream()
                .filter(file -> file.getPackage().equals(name))
                .sorted(Comparator.comparing(FileDescriptorProto::getName))
                .toList());
    made.write(about);
    return made.page.toString().stripTrailing() + "\n";
  }

  /** Where something is among the parts of a file, as its source info has it. */
  private record Place(Map<List<Integer>, String> comments, List<Integer> path) {
    static Place of(FileDescriptorProto file) {
      Map<List<Integer>, String> comments = new HashMap<>();
      for (SourceCodeInfo.Location one : file.getSourceCodeInfo().getLocationList()) {
        comments.putIfAbsent(one.getPathList(), one.getLeadingComments());
      }
      return new Place(comments, List.of());
    }

    Place to(int field, int index) {
      return new Place(comments, Stream.concat(path.stream(), Stream.of(field, index)).toList());
    }

    String comment() {
      return comments.getOrDefault(path, "").strip().replaceAll("\\s+", " ");
    }
  }

  private void write(String about) {
    page.append("# ").append(name).append("\n\n").append(about).append("\n\n");
    for (FileDescriptorProto file : files) {
      Place place = Place.of(file);
      for (int i = 0; i < file.getServiceCount(); i++) {
        write(file.getService(i), place.to(FileDescriptorProto.SERVICE_FIELD_NUMBER, i));
      }
    }
    for (FileDescriptorProto file : files) {
      heading(2, file.getName());
      Place place = Place.of(file);
      for (int i = 0; i < file.getMessageTypeCount(); i++) {
        write(
            "", file.getMessageType(i), place.to(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, i));
      }
      for (int i = 0; i < file.getEnumTypeCount(); i++) {
        write("", file.getEnumType(i), place.to(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, i));
      }
    }
  }

  private void heading(int level, String text) {
    page.append("#".repeat(level)).append(' ').append(text).append("\n\n");
  }

  private void comment(Place place) {
    if (!place.comment().isEmpty()) {
      page.append(text(place.comment())).append("\n\n");
    }
  }

  private void row(String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void write(ServiceDescriptorProto service, Place place) {
    heading(2, service.getName());
    comment(place);
    row("method", "takes", "answers", "what");
    row("---", "---", "---", "---");
    for (int i = 0; i < service.getMethodCount(); i++) {
      MethodDescriptorProto method = service.getMethod(i);
      row(
          "`" + method.getName() + "`",
          stream(method.getClientStreaming()) + type(method.getInputType()),
          stream(method.getServerStreaming()) + type(method.getOutputType()),
          text(place.to(ServiceDescriptorProto.METHOD_FIELD_NUMBER, i).comment()));
    }
    page.append('\n');
  }

  private static String stream(boolean is) {
    return is ? "stream of " : "";
  }

  private void write(String outer, DescriptorProto message, Place place) {
    String full = outer + message.getName();
    heading(3, full);
    comment(place);
    if (message.getFieldCount() > 0) {
      row("field", "type", "what");
      row("---", "---", "---");
      for (int i = 0; i < message.getFieldCount(); i++) {
        FieldDescriptorProto field = message.getField(i);
        row(
            "`" + field.getName() + "`",
            type(message, field),
            text(place.to(DescriptorProto.FIELD_FIELD_NUMBER, i).comment()));
      }
      page.append('\n');
    }
    for (int i = 0; i < message.getNestedTypeCount(); i++) {
      DescriptorProto nested = message.getNestedType(i);
      if (!nested.getOptions().getMapEntry()) {
        write(full + ".", nested, place.to(DescriptorProto.NESTED_TYPE_FIELD_NUMBER, i));
      }
    }
    for (int i = 0; i < message.getEnumTypeCount(); i++) {
      write(
          full + ".", message.getEnumType(i), place.to(DescriptorProto.ENUM_TYPE_FIELD_NUMBER, i));
    }
  }

  private void write(String outer, EnumDescriptorProto choices, Place place) {
    heading(3, outer + choices.getName());
    comment(place);
    row("value", "what");
    row("---", "---");
    for (int i = 0; i < choices.getValueCount(); i++) {
      EnumValueDescriptorProto value = choices.getValue(i);
      row(
          "`" + value.getName() + "`",
          text(place.to(EnumDescriptorProto.VALUE_FIELD_NUMBER, i).comment()));
    }
    page.append('\n');
  }

  private String type(DescriptorProto message, FieldDescriptorProto field) {
    String type = isNamed(field) ? type(field.getTypeName()) : scalar(field);
    if (field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED) {
      return entry(message, field)
          .map(
              entry ->
                  "map of %s to %s"
                      .formatted(type(entry, entry.getField(0)), type(entry, entry.getField(1))))
          .orElse("list of " + type);
    }
    if (field.getProto3Optional()) {
      return type + ", or unset";
    }
    return field.hasOneofIndex()
        ? "%s, one of `%s`".formatted(type, message.getOneofDecl(field.getOneofIndex()).getName())
        : type;
  }

  private static boolean isNamed(FieldDescriptorProto field) {
    return field.getType() == Type.TYPE_MESSAGE || field.getType() == Type.TYPE_ENUM;
  }

  private static Optional<DescriptorProto> entry(
      DescriptorProto message, FieldDescriptorProto field) {
    return message.getNestedTypeList().stream()
        .filter(nested -> nested.getOptions().getMapEntry())
        .filter(nested -> field.getTypeName().endsWith("." + nested.getName()))
        .findFirst();
  }

  private static String scalar(FieldDescriptorProto field) {
    return field.getType().name().replace("TYPE_", "").toLowerCase(Locale.ROOT);
  }

  /** Of this package with a link to its heading; of others by its full name. */
  private String type(String full) {
    String prefix = "." + name + ".";
    if (!full.startsWith(prefix)) {
      return "`" + full.substring(1) + "`";
    }
    String own = full.substring(prefix.length());
    return "[%s](#%s)".formatted(own, own.replace(".", "").toLowerCase(Locale.ROOT));
  }

  /** No markup, no end of a table's cell; what is code already stays it. */
  private static String text(String comment) {
    List<String> parts = new ArrayList<>();
    String[] byCode = comment.replace("|", "\\|").split("`", -1);
    for (int i = 0; i < byCode.length; i++) {
      parts.add(
          i % 2 == 1
              ? byCode[i]
              : byCode[i].replaceAll("([*_\\[\\]])", "\\\\$1").replace("<", "&lt;"));
    }
    return String.join("`", parts);
  }
}
