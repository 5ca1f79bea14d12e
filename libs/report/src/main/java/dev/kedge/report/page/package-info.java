/**
 * The report for people: one self-contained HTML page, Markdown, CSV. The view models hold finished
 * text and coordinates, the templates only lay them out.
 */
package dev.kedge.report.page;
