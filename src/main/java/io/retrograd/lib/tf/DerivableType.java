package io.retrograd.lib.tf;

import io.retrograd.lang.builtin.BuiltinTable;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;

/**
 * A class such as {@code tf.nn.rnn_cell.GRUCell} whose instances a builtin function makes. A script's class that derives
 * from it derives from a class of the same name in one of the texts that {@link Written} holds, whose methods and
 * attributes are there to be overridden and used.
 */
class DerivableType extends TypeValue {
    private final BuiltinTable makers;
    private final String maker;
    private final String text;

    /**
     * @param maker the function that makes an instance, by its name in the table; empty where the written class does
     * @param text the text that holds the class to derive from
     */
    DerivableType(String module, String name, TypeValue base, BuiltinTable makers, String maker, String text) {
        super(module, name, base, null, null);
        this.makers = makers;
        this.maker = maker;
        this.text = text;
    }

    private TypeValue written(Machine m) {
        return (TypeValue) Written.text(m, text).exact(m, name());
    }

    @Override
    public TypeValue inheritable(Machine m) {
        return written(m);
    }

    @Override
    public boolean hasInstance(Machine m, Object o) {
        return super.hasInstance(m, o) || Semantics.typeOf(o).isSubclassOf(written(m));
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        return attribute.equals("__name__") || attribute.equals("__module__") || attribute.equals("__qualname__")
                ? super.attribute(m, attribute)
                : written(m).attribute(m, attribute);
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        return maker.isEmpty() ? written(m).call(m, arguments, keywords) : makers.find(maker).call(m, arguments, keywords);
    }
}
