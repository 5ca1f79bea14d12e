package dev.kedge.gateway.pages;

import java.util.List;
import java.util.SortedMap;

/**
 * A stage that waits for somebody.
 *
 * @param view the stage
 * @param parameters what can be changed on a retry, with its value in JSON
 * @param lines what it said last
 * @param loss what would be given up with it, for people; empty where there is nothing
 */
public record ParkedView(
    StageView view, SortedMap<String, String> parameters, List<LineView> lines, String loss) {}
