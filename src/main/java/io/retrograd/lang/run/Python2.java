package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.IteratorValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** Where a Python 2 script means something else by a word or a method than Python 3: lists instead of views. */
final class Python2 {
    private static final TypeValue ITERATOR = IteratorValue.kind("dictionary-iterator");

    private Python2() {}

    /** Whether the word has a meaning of its own in Python 2. */
    static boolean differs(String word) {
        return switch (word) {
            case "range", "map", "filter", "zip", "round" -> true;
            default -> false;
        };
    }

    /** A word of the library as Python 2 means it; what the script binds comes first. */
    static final class Word extends Expr {
        private final GlobalSlot slot;
        private final Expr plain;
        private Object word;

        Word(GlobalSlot slot, Expr plain) {
            this.slot = slot;
            this.plain = plain;
        }

        @Override
        Object eval(Frame f) {
            if (slot.get() != null) {
                return slot.get();
            }
            if (word == null) {
                word = new Old(slot.name, plain.eval(f));
            }
            return word;
        }
    }

    /** A function that answers a list where the one behind it answers something lazy. */
    private record Old(String name, Object function) implements Value {
        @Override
        public TypeValue type() {
            return Semantics.typeOf(function);
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            if (name.equals("round") && arguments.length > 0 && keywords.length == 0) {
                return round(m, arguments);
            }
            Object answer = Semantics.call(m, function, arguments, keywords);
            if (name.equals("filter") && arguments.length == 2 && arguments[1] instanceof String) {
                StringBuilder kept = new StringBuilder();
                for (Object part : Semantics.elements(m, answer)) {
                    kept.append(part);
                }
                return kept.toString();
            }
            return ListValue.of(Semantics.elements(m, answer));
        }

        /** Halves go away from zero, and the answer is a float. */
        private static Object round(Machine m, Object[] arguments) {
            Object digits = arguments.length > 1 ? arguments[1] : (Object) 0L;
            double value = Semantics.real(m, arguments[0]);
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                return value;
            }
            int scale = (int) Math.max(-400, Math.min(400, Semantics.index(m, digits)));
            return new java.math.BigDecimal(value).setScale(scale, java.math.RoundingMode.HALF_UP).doubleValue();
        }

        @Override
        public Object attribute(Machine m, String attribute) {
            return function instanceof Value v ? v.attribute(m, attribute) : null;
        }

        @Override
        public boolean sameAs(Object other) {
            return other == function || other instanceof Old o && o.function == function;
        }

        @Override
        public String repr(Machine m) {
            return Semantics.repr(m, function);
        }
    }

    /** Whether a method of that name, called without arguments, may answer something else in Python 2. */
    static boolean differsAsMethod(String name) {
        return switch (name) {
            case "keys", "values", "items", "iterkeys", "itervalues", "iteritems", "next" -> true;
            default -> false;
        };
    }

    /** {@code d.keys()} and its like, {@code it.next()}. */
    static final class Method extends Expr {
        private final Calls.MethodCall call;

        Method(Calls.MethodCall call) {
            this.call = call;
        }

        @Override
        Object eval(Frame f) {
            Object o = call.object.eval(f);
            Machine m = f.machine;
            if (call.name.equals("next")) {
                if (o instanceof IteratorValue) {
                    m.place(call.place);
                    Object next = Semantics.next(m, o);
                    if (next == null) {
                        throw new NnError(io.retrograd.error.ErrorKind.STOP_ITERATION, "");
                    }
                    return next;
                }
                return call.on(f, o);
            }
            Object answer = call.on(f, o);
            if (!(o instanceof DictValue)) {
                return answer;
            }
            if (call.name.startsWith("iter")) {
                Iteration all = Semantics.iterate(m, answer);
                return new IteratorValue(ITERATOR, all);
            }
            return ListValue.of(Semantics.elements(m, answer));
        }
    }
}
