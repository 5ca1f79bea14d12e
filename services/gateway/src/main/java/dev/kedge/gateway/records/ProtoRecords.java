package dev.kedge.gateway.records;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import dev.kedge.gateway.Refusal;
import dev.kedge.store.RecordForm;
import dev.kedge.store.Records;
import dev.kedge.store.StoreException;
import dev.kedge.store.VersionedRecord;
import dev.kedge.v1.DatasetVersion;
import dev.kedge.v1.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Messages of one type, as JSON records of one collection.
 *
 * @param <T> the type
 */
public final class ProtoRecords<T extends Message> {
  private static final Logger LOG = Logger.getLogger(ProtoRecords.class);
  private static final int ATTEMPTS = 20;

  /** What an operation's response can be. */
  private static final TypeRegistry TYPES =
      TypeRegistry.newBuilder()
          .add(ModelVersion.getDescriptor())
          .add(DatasetVersion.getDescriptor())
          .build();

  private final Records records;
  private final String collection;
  private final T empty;
  private final Optional<Readings<T>> readings;

  /**
   * A view of a collection.
   *
   * @param collection for example {@code experiments}
   * @param empty the type's default instance
   */
  public ProtoRecords(Records records, String collection, T empty) {
    this(records, collection, empty, Optional.empty());
  }

  /**
   * A view of a collection that is listed often.
   *
   * @param readings of this collection, in whatever project
   */
  public ProtoRecords(Records records, String collection, T empty, Readings<T> readings) {
    this(records, collection, empty, Optional.of(readings));
  }

  private ProtoRecords(
      Records records, String collection, T empty, Optional<Readings<T>> readings) {
    this.records = records;
    this.collection = collection;
    this.empty = empty;
    this.readings = readings;
  }

  /** One record. */
  public Optional<Versioned<T>> find(String id) {
    return records.find(path(id)).map(this::read);
  }

  /** Makes a record, unless there is one; the answer is what stands. */
  public T createOrFind(String id, T message) {
    try {
      records.create(path(id), json(message));
      return message;
    } catch (StoreException.ConditionFailed taken) {
      return find(id).orElseThrow(() -> Refusal.contended(id + " was deleted meanwhile")).message();
    }
  }

  /**
   * Changes a record, or makes it from an empty message, whatever others do at the same time.
   *
   * @param change is applied to the newest content, maybe several times
   */
  public T update(String id, UnaryOperator<T> change) {
    for (int i = 0; i < ATTEMPTS; i++) {
      Optional<T> written = tryUpdate(id, change);
      if (written.isPresent()) {
        return written.get();
      }
    }
    throw Refusal.contended("%s is changed by many at once: try again".formatted(path(id)));
  }

  private Optional<T> tryUpdate(String id, UnaryOperator<T> change) {
    Optional<Versioned<T>> found = find(id);
    T changed = change.apply(found.map(Versioned::message).orElse(empty));
    try {
      if (found.isPresent()) {
        records.replace(path(id), json(changed), found.get().version());
      } else {
        records.create(path(id), json(changed));
      }
      return Optional.of(changed);
    } catch (StoreException.ConditionFailed overtaken) {
      return Optional.empty();
    }
  }

  /**
   * A page in the order of ids. What cannot be read hides nothing of the rest.
   *
   * @param after the last id of the page before; empty for the first
   */
  public List<Entry<T>> list(String after, int limit) {
    return records.list(collection, after.isEmpty() ? "" : path(after), limit).stream()
        .map(record -> new Entry<>(id(record), readable(record)))
        .toList();
  }

  private Optional<T> readable(VersionedRecord record) {
    try {
      return Optional.of(read(record).message());
    } catch (StoreException.TooNew | StoreException.Corrupt unreadable) {
      // Open pages list once a second, and the answer names it.
      LOG.debugf("%s is left out of a list: %s", record.path(), unreadable.getMessage());
      return Optional.empty();
    }
  }

  /** Removes a record. */
  public void delete(String id) {
    records.delete(path(id));
  }

  private String path(String id) {
    return collection + "/" + id;
  }

  private String id(VersionedRecord record) {
    return record.path().substring(collection.length() + 1);
  }

  private Versioned<T> read(VersionedRecord record) {
    T message = readings.map(kept -> kept.get(record, this::parse)).orElseGet(() -> parse(record));
    return new Versioned<>(message, record.version());
  }

  private T parse(VersionedRecord record) {
    Message.Builder builder = empty.newBuilderForType();
    try {
      JsonFormat.parser()
          .usingTypeRegistry(TYPES)
          .ignoringUnknownFields()
          .merge(text(record), builder);
    } catch (InvalidProtocolBufferException e) {
      throw new StoreException.Corrupt("record " + record.path() + " is not what it should be", e);
    }
    @SuppressWarnings("unchecked")
    T message = (T) builder.build();
    return message;
  }

  private static String text(VersionedRecord record) {
    return new String(RecordForm.TODAY.read(record.bytes(), record.path()), StandardCharsets.UTF_8);
  }

  private byte[] json(T message) {
    try {
      String json = JsonFormat.printer().usingTypeRegistry(TYPES).print(message);
      return RecordForm.TODAY.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the message has no JSON form", e);
    }
  }

  /**
   * A record's content.
   *
   * @param version names the content among all that the record ever had
   */
  public record Versioned<T>(T message, String version) {}

  /**
   * A listed record.
   *
   * @param id its id in the collection
   * @param message empty where it is broken, or of a newer form
   */
  public record Entry<T>(String id, Optional<T> message) {}
}
