/** The API's answers in words, tables and bars. */
package dev.kedge.cli.view;
