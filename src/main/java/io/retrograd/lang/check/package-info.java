/**
 * Looks through a script without running it: which names it uses that do not exist, which calls cannot work.
 * {@link io.retrograd.lang.check.ScriptCheck} is the way in; it says nothing where it cannot be sure.
 */
package io.retrograd.lang.check;
