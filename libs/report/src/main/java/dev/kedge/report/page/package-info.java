/**
 * The report as one self-contained HTML page: the view models hold finished text and coordinates,
 * the template only lays them out.
 */
package dev.kedge.report.page;
