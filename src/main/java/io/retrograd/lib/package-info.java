/**
 * All that scripts find without bringing it along, found by name in {@link io.retrograd.lib.StandardLibrary}; a package
 * for each library.
 */
package io.retrograd.lib;
