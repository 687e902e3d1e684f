package io.retrograd.lang.check;

import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Statement;

/** One way in which a script gives a name a meaning. */
sealed interface Binding {
    /** By an import of something from the library. */
    record Imported(Object value) implements Binding {}

    /** By an import of a module of the script's own. */
    record OwnModule(CheckedFile file) implements Binding {}

    /** By an import of a name from a module of the script's own. */
    record OwnName(CheckedFile file, String name) implements Binding {}

    /** By {@code name = expression}, where the expression is a name, an attribute or a call. */
    record Assigned(Expression value, Room room) implements Binding {}

    /** By {@code def}. */
    record Defined(Statement.FunctionDef function) implements Binding {}

    /** In any other way: nothing is known of the value. */
    record Something() implements Binding {}

    Binding SOMETHING = new Something();
}
