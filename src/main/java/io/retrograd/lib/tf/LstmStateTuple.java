package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;

/** {@code tf.nn.rnn_cell.LSTMStateTuple}: the pair (c, h) of an LSTM's state. */
final class LstmStateTuple extends TupleValue {
    static final TypeValue TYPE = new Type();

    LstmStateTuple(Object c, Object h) {
        super(new Object[] {c, h});
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean hasPlainAttributes() {
        return false;
    }

    @Override
    public String repr(Machine m) {
        return "LSTMStateTuple(c=" + Semantics.repr(m, get(0)) + ", h=" + Semantics.repr(m, get(1)) + ")";
    }

    private static final class Type extends TypeValue {
        Type() {
            super("tensorflow.python.ops.rnn_cell_impl", "LSTMStateTuple", TupleValue.TYPE, null, null);
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            Object[] values = new Object[2];
            int given = arguments.length - keywords.length;
            if (given > 2) {
                throw NnError.type("__new__() takes 3 positional arguments but " + (given + 1) + " were given");
            }
            System.arraycopy(arguments, 0, values, 0, given);
            for (int i = 0; i < keywords.length; i++) {
                int at = keywords[i].equals("c") ? 0 : keywords[i].equals("h") ? 1 : -1;
                if (at < 0) {
                    throw NnError.type("__new__() got an unexpected keyword argument '" + keywords[i] + "'");
                }
                values[at] = arguments[given + i];
            }
            if (values[0] == null || values[1] == null) {
                throw NnError.type("__new__() missing 1 required positional argument: '" + (values[0] == null ? "c" : "h") + "'");
            }
            return new LstmStateTuple(values[0], values[1]);
        }

        @Override
        public Object attributeOf(Machine m, Object self, String name) {
            if (self instanceof TupleValue tuple) {
                switch (name) {
                    case "c":
                        return tuple.get(0);
                    case "h":
                        return tuple.get(1);
                    case "_fields":
                        return TupleValue.of("c", "h");
                    default:
                }
            }
            return super.attributeOf(m, self, name);
        }
    }
}
