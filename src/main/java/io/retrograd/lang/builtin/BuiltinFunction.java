package io.retrograd.lang.builtin;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A Java method that scripts can call: a line of a {@link BuiltinTable}. */
public final class BuiltinFunction implements Value {
    private final BuiltinTable table;
    private final int index;
    private Signature signature;
    private String name;

    BuiltinFunction(BuiltinTable table, int index) {
        this.table = table;
        this.index = index;
    }

    /** The documented name, without the module in which it stands: {@code relu} for {@code nn.relu}. */
    public String name() {
        String n = name;
        if (n == null) {
            String path = table.nameOf(index);
            n = path.substring(path.lastIndexOf('.') + 1);
            name = n;
        }
        return n;
    }

    /** The documented name as its library writes it: {@code nn.relu}. */
    public String path() {
        return table.nameOf(index);
    }

    public Signature signature() {
        Signature s = signature;
        if (s == null) {
            s = Signature.parse(table.signatureOf(index));
            signature = s;
        }
        return s;
    }

    public boolean isMethod() {
        return table.isMethod(index);
    }

    public boolean isProperty() {
        return table.isProperty(index);
    }

    /** What it does, in one line. */
    public String doc() {
        return table.textOf(index, 0);
    }

    public String shapes() {
        return table.textOf(index, 1);
    }

    public String example() {
        return table.textOf(index, 2);
    }

    public String gradient() {
        return table.textOf(index, 3);
    }

    /** Its value as an attribute of self: the property's value, or the method with self filled in. */
    public Object bindTo(Machine m, Object self) {
        if (isProperty()) {
            return table.invoke(index, m, new Object[] {self});
        }
        return isMethod() ? new BoundBuiltin(this, self) : this;
    }

    /** What would be wrong with a call with so many positional arguments and these keywords; the call is not made. */
    public Optional<NnError> misuse(Machine m, int positional, List<String> keywords) {
        Object[] arguments = new Object[positional + keywords.size()];
        Arrays.fill(arguments, None.NONE);
        try {
            signature().bind(m, name(), null, arguments, keywords.toArray(new String[0]));
            return Optional.empty();
        } catch (NnError wrong) {
            return Optional.of(wrong);
        }
    }

    /** The same where further arguments are spread from a list or a dictionary: only a keyword that there is not is sure. */
    public Optional<NnError> unknownKeyword(List<String> keywords) {
        return signature().unknown(name(), keywords);
    }

    // Calls that are laid out once for many

    /** In a {@link #plan}: the argument at a place. */
    public record Argument(int at) {}

    /** In a {@link #plan}: an array of all arguments from a place on. */
    public record Rest(int from) {}

    /** In a {@link #plan}: a map of keyword arguments without any. */
    public enum NoWords {
        NO_WORDS
    }

    /**
     * How a call with so many positional arguments (the receiver is one) fills the Java method's parameters: with an
     * {@link Argument}, with the {@link Rest}, with {@link NoWords}, or with a default value; null where such a call is wrong or takes more
     * than that.
     */
    public Object[] plan(int arguments) {
        return signature().plan(arguments, isMethod() ? 1 : 0);
    }

    /** The class with the static method behind this function, which takes the Machine and the parameters as objects. */
    public String tableClass() {
        return table.getClass().getName();
    }

    /** The name of that static method. */
    public String method() {
        return "call" + index;
    }

    private Object invoke(Machine m, Object[] arguments) {
        m.checkInterrupt();
        return table.invoke(index, m, arguments);
    }

    /** Calls it, a method, with the receiver before the arguments; the array may be handed on as it is. */
    public Object callWithReceiver(Machine m, Object[] receiverAndArguments, String[] keywords) {
        if (keywords.length == 0 && signature().isFilledBy(receiverAndArguments.length - 1)) {
            return invoke(m, receiverAndArguments);
        }
        Object[] rest = Arrays.copyOfRange(receiverAndArguments, 1, receiverAndArguments.length);
        return callOn(m, receiverAndArguments[0], rest, keywords);
    }

    /** Calls it as a method of self. */
    public Object callOn(Machine m, Object self, Object[] arguments, String[] keywords) {
        return invoke(m, signature().bind(m, name(), self, arguments, keywords));
    }

    /** Calls it, a function, under another name: the class's own, where it makes instances. */
    public Object callAs(Machine m, String shown, Object[] arguments, String[] keywords) {
        if (keywords.length == 0 && signature().isFilledBy(arguments.length)) {
            return invoke(m, arguments);
        }
        return invoke(m, signature().bind(m, shown, null, arguments, keywords));
    }

    @Override
    public TypeValue type() {
        return CoreTypes.BUILTIN_FUNCTION;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        if (isMethod()) {
            if (arguments.length == keywords.length) {
                throw NnError.type("unbound method " + name() + "() needs an argument");
            }
            Object[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
            return callOn(m, arguments[0], rest, keywords);
        }
        if (keywords.length == 0 && signature().isFilledBy(arguments.length)) {
            return invoke(m, arguments);
        }
        return invoke(m, signature().bind(m, name(), null, arguments, keywords));
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        return switch (attribute) {
            case "__name__", "__qualname__" -> name();
            case "__doc__" -> doc();
            default -> Value.super.attribute(m, attribute);
        };
    }

    @Override
    public String repr(Machine m) {
        return "<built-in function " + name() + ">";
    }
}
