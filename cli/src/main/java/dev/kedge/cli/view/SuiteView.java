package dev.kedge.cli.view;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kedge.cli.file.SuiteDefinition;
import java.util.List;

/** Tests that an experiment file can name. */
public final class SuiteView {
  private SuiteView() {}

  /** One row a suite. */
  public static String table(List<SuiteDefinition> suites) {
    var table = new Table("SUITE", "ABOUT");
    suites.forEach(suite -> table.row(suite.name(), suite.about()));
    return table.toString();
  }

  /** {@code {"suites": [{"name", "about"}]}}. */
  public static String json(List<SuiteDefinition> suites) {
    var all = new JsonArray();
    for (SuiteDefinition suite : suites) {
      var one = new JsonObject();
      one.addProperty("name", suite.name());
      one.addProperty("about", suite.about());
      all.add(one);
    }
    var answer = new JsonObject();
    answer.add("suites", all);
    return Json.pretty(answer);
  }
}
