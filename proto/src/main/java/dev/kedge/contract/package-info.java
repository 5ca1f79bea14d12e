/** What both sides of the stage contract must compute alike: a stage's kind and its key. */
package dev.kedge.contract;
