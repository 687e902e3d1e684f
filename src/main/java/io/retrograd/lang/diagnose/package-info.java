/** Errors as a reader sees them: the line, the mark under it, what would be right. */
package io.retrograd.lang.diagnose;
