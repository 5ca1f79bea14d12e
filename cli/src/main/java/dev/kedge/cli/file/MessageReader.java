package dev.kedge.cli.file;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Fills a message from a tree of nodes, guided by the message's descriptor. */
final class MessageReader {
  private final Findings findings;

  MessageReader(Findings findings) {
    this.findings = findings;
  }

  /** Reads all that can be read; what cannot is left unset and noted. */
  void read(MappingNode node, Message.Builder into, Place place) {
    Set<FieldDescriptor> given = new HashSet<>();
    Map<OneofDescriptor, String> chosen = new HashMap<>();
    for (NodeTuple entry : node.getValue()) {
      String key = key(entry);
      FieldDescriptor field = named(into.getDescriptorForType(), key);
      Place here = place.field(key);
      findings.visit(here, entry.getKeyNode());
      if (field == null) {
        findings.problem(here, entry.getKeyNode(), unknown(into.getDescriptorForType(), key));
      } else if (!given.add(field)) {
        findings.problem(here, entry.getKeyNode(), "given twice; keep one");
      } else if (isAlone(field, key, chosen, here, entry)) {
        readField(field, entry.getValueNode(), into, here);
      }
    }
  }

  private boolean isAlone(
      FieldDescriptor field,
      String key,
      Map<OneofDescriptor, String> chosen,
      Place place,
      NodeTuple entry) {
    OneofDescriptor choice = field.getRealContainingOneof();
    String other = choice == null ? null : chosen.putIfAbsent(choice, key);
    if (other != null) {
      findings.problem(
          place, entry.getKeyNode(), "excludes `%s`; keep one of the two".formatted(other));
    }
    return other == null;
  }

  private void readField(FieldDescriptor field, Node node, Message.Builder into, Place place) {
    if (field.isMapField()) {
      readMap(field, node, into, place);
    } else if (field.isRepeated()) {
      readList(field, node, into, place);
    } else if (node instanceof SequenceNode) {
      findings.problem(place, node, "takes one value, not a list");
    } else {
      value(field, node, into, place, value -> into.setField(field, value));
    }
  }

  /** One value stands for a list of one. */
  private void readList(FieldDescriptor field, Node node, Message.Builder into, Place place) {
    if (!(node instanceof SequenceNode list)) {
      value(field, node, into, place, value -> into.addRepeatedField(field, value));
      return;
    }
    List<Node> elements = list.getValue();
    for (int i = 0; i < elements.size(); i++) {
      Place here = place.element(i);
      findings.visit(here, elements.get(i));
      value(field, elements.get(i), into, here, value -> into.addRepeatedField(field, value));
    }
  }

  private void readMap(FieldDescriptor field, Node node, Message.Builder into, Place place) {
    if (!(node instanceof MappingNode mapping)) {
      findings.problem(place, node, "expected entries `name: value`");
      return;
    }
    FieldDescriptor keyField = field.getMessageType().findFieldByName("key");
    FieldDescriptor valueField = field.getMessageType().findFieldByName("value");
    Set<String> given = new HashSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = key(tuple);
      Place here = place.field(key);
      if (!given.add(key)) {
        findings.problem(here, tuple.getKeyNode(), "given twice; keep one");
      }
      Message.Builder entry = into.newBuilderForField(field).setField(keyField, key);
      value(
          valueField,
          tuple.getValueNode(),
          entry,
          here,
          value -> into.addRepeatedField(field, entry.setField(valueField, value).build()));
    }
  }

  private void value(
      FieldDescriptor field, Node node, Message.Builder parent, Place place, ValueSink sink) {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      message(field, node, parent, place, sink);
      return;
    }
    try {
      sink.accept(ScalarReader.read(field, node));
    } catch (IllegalArgumentException e) {
      findings.problem(place, node, e.getMessage());
    }
  }

  private void message(
      FieldDescriptor field, Node node, Message.Builder parent, Place place, ValueSink sink) {
    if (node instanceof MappingNode mapping) {
      Message.Builder builder = parent.newBuilderForField(field);
      read(mapping, builder, place);
      sink.accept(builder.build());
    } else {
      String fields = names(field.getMessageType());
      findings.problem(
          place,
          node,
          fields.isEmpty()
              ? "takes no value; write `{}`"
              : "expected fields (%s)".formatted(fields));
    }
  }

  private static String key(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
  }

  /** A field by its name in the schema, or by its name in the API's JSON form. */
  private static FieldDescriptor named(Descriptor type, String key) {
    return type.getFields().stream()
        .filter(field -> field.getName().equals(key) || field.getJsonName().equals(key))
        .findFirst()
        .orElse(null);
  }

  private static String unknown(Descriptor type, String key) {
    List<String> known = type.getFields().stream().map(FieldDescriptor::getName).toList();
    if (known.isEmpty()) {
      return "unknown field; nothing goes in here";
    }
    return NearestName.of(key, known)
        .map(name -> "unknown field; did you mean %s?".formatted(name))
        .orElse("unknown field; known here: " + names(type));
  }

  private static String names(Descriptor type) {
    return type.getFields().stream()
        .map(FieldDescriptor::getName)
        .collect(Collectors.joining(", "));
  }

  /** Where a value that was read goes. */
  private interface ValueSink {
    void accept(Object value);
  }
}
