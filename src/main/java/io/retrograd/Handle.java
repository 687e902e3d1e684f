package io.retrograd;

import io.retrograd.lang.value.Semantics;

/** A value of one interpreter's script in Java's hands. */
abstract class Handle {
    final Object value;
    final Values values;
    final Worker worker;

    Handle(Object value, Values values, Worker worker) {
        this.value = value;
        this.values = values;
        this.worker = worker;
    }

    /** @throws Values.Misfit if the script of another interpreter is to get it */
    Object inScript(Worker here) {
        if (here != worker) {
            throw new Values.Misfit("a value of another interpreter");
        }
        return value;
    }

    @Override
    public String toString() {
        return worker.run(m -> Semantics.str(m, value));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Handle h && h.value == value;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(value);
    }

    static final class OfFunction extends Handle implements ScriptFunction {
        private final String name;

        OfFunction(Object value, String name, Values values, Worker worker) {
            super(value, values, worker);
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Object call(Object... arguments) {
            return values.call(value, Object.class, arguments);
        }

        @Override
        public <T> T call(Class<T> type, Object... arguments) {
            @SuppressWarnings("unchecked")
            T result = (T) values.call(value, type, arguments);
            return result;
        }
    }

    static final class OfObject extends Handle implements ScriptObject {
        OfObject(Object value, Values values, Worker worker) {
            super(value, values, worker);
        }

        @Override
        public String type() {
            return Semantics.typeOf(value).name();
        }

        @Override
        public Object get(String attribute) {
            return worker.run(m -> values.toJava(Semantics.attribute(m, value, attribute)));
        }

        @Override
        public void set(String attribute, Object to) {
            worker.run(m -> {
                Semantics.setAttribute(m, value, attribute, values.toScript(to));
                return null;
            });
        }

        @Override
        public Object call(String method, Object... arguments) {
            Object callable = worker.run(m -> Semantics.attribute(m, value, method));
            return values.call(callable, Object.class, arguments);
        }
    }
}
