package dev.kedge.gateway.registry;

import java.util.List;
import java.util.Map;

/**
 * A sample of a data set for people to look at; its texts are made short.
 *
 * @param source where it is in the source
 * @param label its class; empty of a record
 * @param picture small, as a {@code data:} URI; empty of a record, and where it is too large for a
 *     look, or spoilt
 * @param captions what is said of a picture
 * @param fields of a record; empty of a picture, and where the record is too large for a look
 */
public record Sample(
    String source,
    String label,
    String picture,
    List<String> captions,
    Map<String, String> fields) {}
