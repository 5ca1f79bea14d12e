package dev.kedge.fuzzing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Requests that nobody means well with, made from the descriptor of what they pretend to be. */
public final class HostileMessages {
  private static final int DEEPEST = 5;
  private static final int HUGE = 200_000;
  private static final long[] WHOLE = {
    0, 1, -1, 2, 7, 1000, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final double[] REAL = {
    0, -0.0, 1, 0.5, -1, 1e-5, 1e308, -1e308, 4.9e-324, Double.NaN, Double.POSITIVE_INFINITY
  };
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "x",
          "..",
          "../../../../etc/passwd",
          "/etc/passwd",
          "..\\..\\windows",
          "%2e%2e%2f",
          "a\u0000b",
          "\u202etxet",
          "ｐｒｏｊｅｃｔｓ/p",
          "\ud83d\ude80\u0301",
          "e\u0301\u0327",
          "{}",
          "{field",
          "{list[*]} {a.b[c]|x}",
          "(a+)+$",
          "[",
          "*",
          "null",
          "-1",
          "NaN",
          "1e999",
          "[[[[[[",
          "{\"a\": {\"b\": 1}}",
          "1e600000000",
          "\"1e600000000\"",
          "[1, 1E+600000000]",
          "{\"1e600000000\": 1e600000000}",
          "7".repeat(100_000),
          "[".repeat(20_000) + "]".repeat(20_000),
          "{\"id\":".repeat(20_000) + "1" + "}".repeat(20_000),
          "${jndi:ldap://127.0.0.1/x}",
          "'; drop table experiments; --",
          "<script>alert(1)</script>",
          "file:///etc/passwd",
          "http://127.0.0.1:1/x",
          "http://[::1]:1/",
          "http://169.254.169.254/latest",
          "https://localhost/x",
          "s3://kedge/projects/p",
          "s3://kedge/../projects",
          "s3://other/x",
          "state = EVERYTHING",
          "CLIP",
          "sha256:" + "0".repeat(64),
          "sha256:" + "g".repeat(64),
          "0".repeat(64),
          "\u00e4".repeat(300),
          "a".repeat(5000),
          "[".repeat(20_000),
          "(".repeat(3000),
          "a/".repeat(1000));

  private static final List<String> PATHS =
      List.of(
          "training",
          "training.epochs",
          "training.seeds",
          "training.learning_rate",
          "methods",
          "methods[1]",
          "methods[0].id",
          "evaluations[0].class_map",
          "optimisation.seed");

  private final Random random;
  private final List<String> names;

  /**
   * A source of requests.
   *
   * @param names of things that are there
   */
  public HostileMessages(Random random, List<String> names) {
    this.random = random;
    this.names = names;
  }

  /**
   * The bytes of one request.
   *
   * @param meant a request that is understood, to spoil
   */
  public byte[] next(Message meant) {
    Descriptor type = meant.getDescriptorForType();
    return switch (random.nextInt(20)) {
      case 0 -> bytes(random.nextInt(64));
      case 1 -> bytes(random.nextInt(4096));
      case 2 -> cut(meant.toByteArray());
      case 3, 4 -> flipped(meant.toByteArray());
      case 5 -> cut(message(type, 0).toByteArray());
      case 6 -> nested();
      case 7, 8, 9 -> spoilt(meant).toByteArray();
      case 10 -> new byte[0];
      default -> message(type, 0).toByteArray();
    };
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] cut(byte[] whole) {
    return Arrays.copyOf(whole, random.nextInt(whole.length + 1));
  }

  private byte[] flipped(byte[] whole) {
    byte[] changed = whole.clone();
    for (int i = 0; i < 1 + random.nextInt(4) && changed.length > 0; i++) {
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  /** Groups within groups, which have no end. */
  private byte[] nested() {
    byte[] groups = new byte[random.nextInt(HUGE)];
    Arrays.fill(groups, (byte) 0x0b);
    return groups;
  }

  /** The request with one field that is not meant. */
  private Message spoilt(Message meant) {
    List<FieldDescriptor> fields = meant.getDescriptorForType().getFields();
    Message.Builder spoilt = DynamicMessage.newBuilder(meant);
    if (!fields.isEmpty()) {
      fill(fields.get(random.nextInt(fields.size())), spoilt, 0);
    }
    return spoilt.build();
  }

  private Message message(Descriptor type, int depth) {
    Message.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      if (random.nextInt(depth + 2) < 2 && depth < DEEPEST) {
        fill(field, message, depth);
      }
    }
    return message.build();
  }

  private void fill(FieldDescriptor field, Message.Builder message, int depth) {
    if (field.getName().equals("changes") && random.nextBoolean()) {
      change(field, message);
      return;
    }
    if (!field.isRepeated()) {
      message.setField(field, value(field, depth));
      return;
    }
    message.clearField(field);
    int count = random.nextInt(40) == 0 ? 500 : random.nextInt(4);
    for (int i = 0; i < count && message.getRepeatedFieldCount(field) < 500; i++) {
      message.addRepeatedField(field, value(field, count > 4 ? DEEPEST : depth));
    }
  }

  /** A change of a field that is there, to what it cannot be. */
  private void change(FieldDescriptor changes, Message.Builder message) {
    message.clearField(changes);
    Message.Builder change = message.newBuilderForField(changes);
    Descriptor entry = changes.getMessageType();
    change.setField(entry.findFieldByName("key"), PATHS.get(random.nextInt(PATHS.size())));
    change.setField(entry.findFieldByName("value"), any());
    message.addRepeatedField(changes, change.build());
  }

  private Object value(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT -> (int) WHOLE[random.nextInt(WHOLE.length)];
      case LONG -> WHOLE[random.nextInt(WHOLE.length)];
      case FLOAT -> (float) REAL[random.nextInt(REAL.length)];
      case DOUBLE -> REAL[random.nextInt(REAL.length)];
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(field);
      case BYTE_STRING -> ByteString.copyFrom(bytes(random.nextInt(1000)));
      case ENUM -> choice(field.getEnumType());
      case MESSAGE -> message(field.getMessageType(), depth + 1);
    };
  }

  /** A value of an enum, or none of them. */
  private Object choice(EnumDescriptor type) {
    return random.nextInt(3) == 0
        ? type.findValueByNumberCreatingIfUnknown((int) WHOLE[random.nextInt(WHOLE.length)])
        : type.getValues().get(random.nextInt(type.getValues().size()));
  }

  private String text(FieldDescriptor field) {
    boolean isName = field.getName().endsWith("name") || field.getName().equals("parent");
    return switch (random.nextInt(isName ? 3 : 8)) {
      case 0 -> names.get(random.nextInt(names.size()));
      case 1 -> names.get(random.nextInt(names.size())) + any();
      case 2 -> random.nextInt(60) == 0 ? "x".repeat(HUGE) : any();
      case 3 -> new String(bytes(random.nextInt(40)), StandardCharsets.UTF_8);
      default -> any();
    };
  }

  private String any() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
