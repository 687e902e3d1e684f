package io.retrograd.lib.pyplot;

import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.plot.Colormap;
import java.awt.Color;

/** A colour map as a script holds it: called with a number from 0 to 1 it answers a colour. */
record ColormapValue(Colormap map) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("matplotlib.colors", "Colormap", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        double[] values = Numbers.flat(m, arguments[0]);
        if (Numbers.isNumber(arguments[0])) {
            // An int counts entries of a table of 256 colours.
            double v = arguments[0] instanceof Long n ? n / 255.0 : values[0];
            return tuple(map.at(v));
        }
        Object[] all = new Object[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = tuple(map.at(values[i]));
        }
        return ListValue.of(all);
    }

    private static TupleValue tuple(Color c) {
        return TupleValue.of(c.getRed() / 255.0, c.getGreen() / 255.0, c.getBlue() / 255.0, c.getAlpha() / 255.0);
    }

    @Override
    public Object attribute(Machine m, String name) {
        return name.equals("name") ? map.name() : Value.super.attribute(m, name);
    }
}
