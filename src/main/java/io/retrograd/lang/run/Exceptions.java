package io.retrograd.lang.run;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.ClassValue;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.ExceptionValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.limit.Budget;
import io.retrograd.limit.LimitExceeded;

/** Raising and catching. */
final class Exceptions {
    private Exceptions() {}

    /** A builtin exception with these arguments, ready to be thrown. */
    static ScriptException raise(Machine m, ErrorKind kind, Object... arguments) {
        return ScriptException.raise(m, new ExceptionValue(ExceptionTypes.of(kind), arguments));
    }

    /** Whatever went wrong in Java that a script may handle, as the exception it means; anything else is thrown again. */
    static ScriptException caught(Machine m, Throwable t) {
        if (t instanceof NnError e) {
            return ScriptException.of(m, e);
        }
        if (t instanceof StackOverflowError) {
            return ScriptException.of(m, Code.tooDeep());
        }
        if (t instanceof OutOfMemoryError) {
            if (Budget.applies()) {
                throw Budget.exhausted();
            }
            return ScriptException.of(m, new NnError(ErrorKind.MEMORY_ERROR, ""));
        }
        throw Exceptions.<RuntimeException>again(t);
    }

    /** Throws whatever it is, checked or not. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> RuntimeException again(Throwable t) throws T {
        throw (T) t;
    }

    static final class Raise extends Stmt {
        final Expr exception;
        final Expr cause;
        private final Place place;

        Raise(Expr exception, Expr cause, Place place) {
            this.exception = exception;
            this.cause = cause;
            this.place = place;
        }

        @Override
        int exec(Frame f) {
            Machine m = f.machine;
            if (exception == null) {
                throw again(m);
            }
            ExceptionValue value = instance(m, exception.eval(f));
            if (cause != null) {
                because(m, value, cause.eval(f));
            }
            throw thrown(m, value);
        }

        /** What {@code raise} alone throws. */
        NnError again(Machine m) {
            ExceptionValue handled = m.handled();
            m.place(place);
            if (handled == null) {
                return NnError.runtime("No active exception to reraise");
            }
            return handled.raised() != null ? handled.raised() : ScriptException.raise(m, handled);
        }

        void because(Machine m, ExceptionValue value, Object from) {
            m.place(place);
            value.cause(from == None.NONE ? from : instance(m, from));
        }

        ScriptException thrown(Machine m, ExceptionValue value) {
            m.place(place);
            ScriptException thrown = ScriptException.raise(m, value);
            if (m.handled() != null) {
                thrown.during(m.handled());
            }
            return thrown;
        }

        ExceptionValue instance(Machine m, Object raised) {
            Object made = raised;
            m.place(place);
            if (raised instanceof TypeValue t && ExceptionTypes.kindOf(t) != null) {
                made = t.call(m, Semantics.NO_ARGUMENTS, Semantics.NO_KEYWORDS);
            }
            if (made instanceof ExceptionValue e) {
                return e;
            }
            throw NnError.type("exceptions must derive from BaseException");
        }
    }

    /** One {@code except} clause. */
    static final class Handler {
        final Expr type;
        final Target target;
        final Stmt body;
        final Place place;

        Handler(Expr type, Target target, Stmt body, Place place) {
            this.type = type;
            this.target = target;
            this.body = body;
            this.place = place;
        }

        boolean matches(Frame f, ScriptException e) {
            if (type == null) {
                return true;
            }
            Object wanted = type.eval(f);
            f.machine.place(place);
            return catches(e.type(), wanted);
        }

        static boolean catches(TypeValue thrown, Object wanted) {
            if (wanted instanceof TupleValue all) {
                for (int i = 0; i < all.size(); i++) {
                    if (catches(thrown, all.get(i))) {
                        return true;
                    }
                }
                return false;
            }
            if (wanted instanceof TypeValue t && (ExceptionTypes.kindOf(t) != null || t instanceof ClassValue)) {
                return thrown.isSubclassOf(t);
            }
            throw NnError.type("catching classes that do not inherit from BaseException is not allowed");
        }

        void enter(Frame f, ScriptException e) {
            if (target != null) {
                target.assign(f, e.value());
            }
        }

        Stmt body() {
            return body;
        }

        /** The name of the exception goes when its handler ends, if the handler has not unbound it already. */
        void leave(Frame f) {
            if (target != null) {
                Place before = f.machine.place();
                target.assign(f, None.NONE);
                target.delete(f);
                f.machine.place(before);
            }
        }
    }

    /** {@code try … except … else}. */
    static final class Try extends Stmt {
        final Stmt body;
        final Handler[] handlers;
        final Stmt orElse;
        final boolean keepsNames;

        Try(Stmt body, Handler[] handlers, Stmt orElse, boolean keepsNames) {
            this.body = body;
            this.handlers = handlers;
            this.orElse = orElse;
            this.keepsNames = keepsNames;
        }

        @Override
        int exec(Frame f) {
            int end;
            int depth = f.machine.depth();
            try {
                end = body.exec(f);
            } catch (NnError | StackOverflowError | OutOfMemoryError t) {
                f.machine.unwind(depth);
                return handle(f, caught(f.machine, t));
            }
            return end == NORMAL ? orElse.exec(f) : end;
        }

        private int handle(Frame f, ScriptException e) {
            e.frame(f);
            Handler handler = handlerFor(f, handlers, e);
            if (handler == null) {
                throw e;
            }
            Machine m = f.machine;
            ExceptionValue before = m.handled();
            handler.enter(f, e);
            m.handled(e.value());
            try {
                return handler.body().exec(f);
            } catch (NnError | StackOverflowError t) {
                throw during(m, t, e);
            } finally {
                m.handled(before);
                if (!keepsNames) {
                    handler.leave(f);
                }
            }
        }
    }

    static Handler handlerFor(Frame f, Handler[] handlers, ScriptException e) {
        for (Handler handler : handlers) {
            if (handler.matches(f, e)) {
                return handler;
            }
        }
        return null;
    }

    /** An error that came up while another one was handled. */
    static ScriptException during(Machine m, Throwable t, ScriptException handled) {
        ScriptException e = caught(m, t);
        if (e != handled) {
            e.during(handled.value());
        }
        return e;
    }

    /** {@code try … finally}. */
    static final class Finally extends Stmt {
        final Stmt body;
        final Stmt last;

        Finally(Stmt body, Stmt last) {
            this.body = body;
            this.last = last;
        }

        @Override
        int exec(Frame f) {
            int end;
            int depth = f.machine.depth();
            try {
                end = body.exec(f);
            } catch (LimitExceeded over) {
                throw over;
            } catch (Throwable t) {
                f.machine.unwind(depth);
                return afterError(f, t, last);
            }
            Object value = f.value;
            int lastEnd = last.exec(f);
            if (lastEnd != NORMAL) {
                return lastEnd;
            }
            f.value = value;
            return end;
        }

        static int afterError(Frame f, Throwable t, Stmt last) {
            Machine m = f.machine;
            boolean scriptError = t instanceof NnError || t instanceof StackOverflowError;
            ScriptException e = scriptError ? caught(m, t) : null;
            Place place = m.place();
            ExceptionValue before = m.handled();
            if (e != null) {
                e.frame(f);
                m.handled(e.value());
            }
            int lastEnd;
            try {
                lastEnd = last.exec(f);
            } finally {
                m.handled(before);
            }
            if (lastEnd != NORMAL) {
                return lastEnd;
            }
            m.place(place);
            throw Exceptions.<RuntimeException>again(e != null ? e : t);
        }
    }

    /** One {@code with} item and the block under it. */
    static final class With extends Stmt {
        final Expr context;
        final Target target;
        final Stmt body;
        private final Place place;

        With(Expr context, Target target, Stmt body, Place place) {
            this.context = context;
            this.target = target;
            this.body = body;
            this.place = place;
        }

        /** Enters the context, assigns what it gives, and answers how to leave it. */
        Object enter(Frame f) {
            Object[] opened = open(f.machine, context.eval(f));
            if (target != null) {
                target.assign(f, opened[1]);
            }
            return opened[0];
        }

        /** Enters a context: answers how to leave it, and the value that it gives. */
        Object[] open(Machine m, Object manager) {
            m.place(place);
            Object enter = Semantics.attributeOrNull(m, manager, "__enter__");
            Object exit = Semantics.attributeOrNull(m, manager, "__exit__");
            if (enter == null || exit == null) {
                throw NnError.type("'" + Semantics.typeOf(manager).name() + "' object does not support the context manager protocol"
                        + (enter == null ? "" : " (missed __exit__ method)"));
            }
            return new Object[] {exit, Semantics.call(m, enter)};
        }

        @Override
        int exec(Frame f) {
            Object exit = enter(f);
            int end;
            int depth = f.machine.depth();
            try {
                end = body.exec(f);
            } catch (NnError | StackOverflowError | OutOfMemoryError t) {
                f.machine.unwind(depth);
                return afterError(f, exit, caught(f.machine, t));
            }
            leave(f, exit);
            return end;
        }

        void leave(Frame f, Object exit) {
            Object value = f.value;
            close(f.machine, exit);
            f.value = value;
        }

        /** Leaves a context in which nothing went wrong. */
        void close(Machine m, Object exit) {
            m.place(place);
            Semantics.call(m, exit, None.NONE, None.NONE, None.NONE);
        }

        int afterError(Frame f, Object exit, ScriptException e) {
            e.frame(f);
            if (swallows(f.machine, exit, e)) {
                return NORMAL;
            }
            throw e;
        }

        /** Leaves a context with an error; whether that ends it. */
        boolean swallows(Machine m, Object exit, ScriptException e) {
            ExceptionValue before = m.handled();
            m.handled(e.value());
            m.place(place);
            try {
                return Semantics.truth(m, Semantics.call(m, exit, e.type(), e.value(), None.NONE));
            } finally {
                m.handled(before);
            }
        }
    }
}
