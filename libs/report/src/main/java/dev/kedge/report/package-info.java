/**
 * From scores to an answer: intervals, the trade-off frontier, the recommended checkpoint, table
 * and page.
 */
package dev.kedge.report;
