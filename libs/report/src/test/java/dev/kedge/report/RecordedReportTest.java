package dev.kedge.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A report of accuracies as it was written before there were other measures. */
class RecordedReportTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyFieldOfAnOldReportHasTheSameValueToTheLastBit() throws IOException {
    JsonNode recorded;
    try (InputStream in = getClass().getResourceAsStream("recorded-report.json")) {
      recorded = JSON.readTree(in);
    }
    JsonNode now =
        JSON.readTree(
            JsonFormat.printer().print(SampleReport.make("Photos without forgetting art")));

    int values = assertContains(now, recorded, "report");

    System.out.println("recorded report: " + values + " values are equal");
    assertThat(values).isGreaterThan(2000);
  }

  /** Counts the leaves that are in both; new fields beside them are allowed. */
  private static int assertContains(JsonNode now, JsonNode recorded, String path) {
    assertThat(now).as(path).isNotNull();
    if (recorded.isObject()) {
      int values = 0;
      for (Map.Entry<String, JsonNode> field : recorded.properties()) {
        values +=
            assertContains(now.get(field.getKey()), field.getValue(), path + "." + field.getKey());
      }
      return values;
    }
    if (recorded.isArray()) {
      assertThat(now).as(path).hasSameSizeAs(recorded);
      int values = 0;
      for (int i = 0; i < recorded.size(); i++) {
        values += assertContains(now.get(i), recorded.get(i), path + "[" + i + "]");
      }
      return values;
    }
    assertThat(now).as(path).isEqualTo(recorded);
    return 1;
  }
}
