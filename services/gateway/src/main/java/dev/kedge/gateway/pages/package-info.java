/**
 * The dashboard: what the API says, as pages that the gateway itself writes. Whatever a page shows
 * or does is asked of the same beans as the API's calls are answered by, in the visitor's name.
 */
package dev.kedge.gateway.pages;
