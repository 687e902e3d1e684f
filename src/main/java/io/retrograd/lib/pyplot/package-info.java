/**
 * matplotlib as scripts use it: {@code pyplot}, and the figures, axes and artists behind it as values. What is drawn, and
 * how, stands in {@code plot}.
 */
package io.retrograd.lib.pyplot;
