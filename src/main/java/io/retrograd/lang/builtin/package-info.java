/**
 * Java methods that scripts call: {@link io.retrograd.lang.builtin.Builtin} declares one, and gives it binding, argument
 * checks, help, completion and its entry in the reference.
 */
package io.retrograd.lang.builtin;
