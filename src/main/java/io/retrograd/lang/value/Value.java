package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import java.util.Collection;

/**
 * What an object of the language answers to. Numbers, strings and booleans are plain Java values
 * ({@link Long}, {@link java.math.BigInteger}, {@link Double}, {@link Boolean}, {@link String}); everything
 * else a script can hold implements this. {@link Semantics} asks either kind.
 *
 * <p>A binary operation that an object does not know answers {@link NotImplementedValue#NOT_IMPLEMENTED}, so
 * that the other operand is asked; all other methods throw Python's TypeError by default.
 */
public interface Value {
    /** Its class. */
    TypeValue type();

    /** The attribute of that name, or null if there is none (the caller words the AttributeError). */
    default Object attribute(Machine m, String name) {
        return type().attributeOf(m, this, name);
    }

    /**
     * Whether {@link #attribute} answers what the type says and nothing else, for every object of this Java class
     * (and all of them are of one type), so that a place in the script may remember a method that it found.
     */
    default boolean hasPlainAttributes() {
        return false;
    }

    default void setAttribute(Machine m, String name, Object value) {
        if (attribute(m, name) != null) {
            throw NnError.attribute("'" + type().name() + "' object attribute '" + name + "' is read-only");
        }
        throw NnError.attribute("'" + type().name() + "' object has no attribute '" + name + "'");
    }

    default void deleteAttribute(Machine m, String name) {
        setAttribute(m, name, None.NONE);
    }

    /**
     * Calls it. The last {@code keywords.length} elements of {@code arguments} are the values of the keyword
     * arguments named there; those before are positional.
     */
    default Object call(Machine m, Object[] arguments, String[] keywords) {
        throw NnError.type("'" + type().name() + "' object is not callable");
    }

    /** Whether {@code callable(x)}. */
    default boolean isCallable() {
        return false;
    }

    /** {@code this OP right}. */
    default Object binary(Machine m, BinaryOperator operator, Object right) {
        return NotImplementedValue.NOT_IMPLEMENTED;
    }

    /** {@code left OP this}, after {@code left} did not know how. */
    default Object reflected(Machine m, BinaryOperator operator, Object left) {
        return NotImplementedValue.NOT_IMPLEMENTED;
    }

    /** {@code this OP= right}; answers the object that the name is bound to then. */
    default Object inPlace(Machine m, BinaryOperator operator, Object right) {
        return binary(m, operator, right);
    }

    /**
     * {@code this / other} as Python 2 means it, or {@code other / this} where reflected; null where it is the same
     * as Python 3's.
     */
    default Object oldDivide(Machine m, Object other, boolean reflected) {
        return null;
    }

    default Object unary(Machine m, UnaryOperator operator) {
        throw NnError.type("bad operand type for unary " + operator.symbol() + ": '" + type().name() + "'");
    }

    /** {@code ==, !=, <, <=, >, >=}; identity and membership do not come here. */
    default Object compare(Machine m, CompareOperator operator, Object other) {
        return NotImplementedValue.NOT_IMPLEMENTED;
    }

    /** {@code this is other}. Wrappers made on the fly for one underlying object are the same object. */
    default boolean sameAs(Object other) {
        return this == other;
    }

    /** Python's hash; agrees with equality in dict and set. */
    default long hash(Machine m) {
        return System.identityHashCode(this);
    }

    default boolean truth(Machine m) {
        return true;
    }

    /** {@code len(this)}. */
    default int length(Machine m) {
        throw NnError.type("object of type '" + type().name() + "' has no len()");
    }

    /** The next element of an iterator, or null when there are no more. */
    default Object next(Machine m) {
        throw NnError.type("'" + type().name() + "' object is not an iterator");
    }

    default Iteration iterate(Machine m) {
        throw NnError.type("'" + type().name() + "' object is not iterable");
    }

    default boolean contains(Machine m, Object element) {
        Iteration all = iterate(m);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            if (Semantics.same(x, element) || Semantics.equal(m, x, element)) {
                return true;
            }
        }
        return false;
    }

    default Object item(Machine m, Object key) {
        throw NnError.type("'" + type().name() + "' object is not subscriptable");
    }

    default void setItem(Machine m, Object key, Object value) {
        throw NnError.type("'" + type().name() + "' object does not support item assignment");
    }

    default void deleteItem(Machine m, Object key) {
        throw NnError.type("'" + type().name() + "' object doesn't support item deletion");
    }

    default String repr(Machine m) {
        return "<" + type().qualifiedName() + " object at " + Semantics.address(this) + ">";
    }

    default String str(Machine m) {
        return repr(m);
    }

    /** {@code format(this, spec)}. */
    default String format(Machine m, String spec) {
        if (!spec.isEmpty()) {
            throw NnError.type("unsupported format string passed to " + type().name() + ".__format__");
        }
        return str(m);
    }

    /** The int that it stands for where an index is wanted ({@code Long} or {@code BigInteger}); null if none. */
    default Object asIndex(Machine m) {
        return special(m, "__index__");
    }

    /** What {@code int(this)} gives; null if there is no such thing. */
    default Object asInt(Machine m) {
        Object found = special(m, "__int__");
        return found == null ? asIndex(m) : found;
    }

    /** What {@code float(this)} gives; null if there is no such thing. */
    default Double asFloat(Machine m) {
        if (special(m, "__float__") instanceof Double d) {
            return d;
        }
        Object index = asIndex(m);
        return index == null ? null : (Double) Semantics.real(m, index);
    }

    /** The answer of the special method of that name that its class defines; null if the class defines none. */
    default Object special(Machine m, String name, Object... arguments) {
        Object method = type().lookup(name) == null ? null : type().attributeOf(m, this, name);
        return method == null ? null : Semantics.call(m, method, arguments);
    }

    /** What an error that this object had a part in says of it, such as a tensor's shape; empty if nothing helps. */
    default String describe(Machine m) {
        return "";
    }

    /** Names of all attributes, for {@code dir}, completion and spelling help. */
    default Collection<String> attributeNames(Machine m) {
        return type().attributeNames();
    }
}
