package io.retrograd.lang.run;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.ExceptionValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.lang.value.Semantics;
import io.retrograd.limit.LimitExceeded;

/**
 * The constructs that hold a {@code yield}. Each keeps how far it is in slots of the frame, null when it is not
 * under way; run a second time it goes on from there. Everything without a yield inside is run by the plain
 * nodes.
 */
final class Generators {
    private Generators() {}

    /** Thrown by a yield in the middle of an expression, up to the generator. */
    static final class Yielded extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final Yielded YIELDED = new Yielded();

        private Yielded() {
            super(null, null, false, false);
        }
    }

    /** {@code yield value} within an expression. */
    static final class Yield extends Expr {
        private final Expr value;
        private final int paused;

        Yield(Expr value, int paused) {
            this.value = value;
            this.paused = paused;
        }

        @Override
        Object eval(Frame f) {
            if (f.slots[paused] != null) {
                f.slots[paused] = null;
                return f.takeSent();
            }
            f.value = value.eval(f);
            f.slots[paused] = Boolean.TRUE;
            throw Yielded.YIELDED;
        }
    }

    /** {@code yield value} or {@code target = yield value} as a statement of its own: pauses without throwing. */
    static final class YieldStatement extends Stmt {
        final Expr value;
        final Target target;
        final int paused;

        YieldStatement(Expr value, Target target, int paused) {
            this.value = value;
            this.target = target;
            this.paused = paused;
        }

        @Override
        int exec(Frame f) {
            if (f.slots[paused] != null) {
                f.slots[paused] = null;
                Object sent = f.takeSent();
                if (target != null) {
                    target.assign(f, sent);
                }
                return NORMAL;
            }
            f.value = value.eval(f);
            f.slots[paused] = Boolean.TRUE;
            return YIELD;
        }
    }

    /** {@code yield from iterable}; its value is what the inner generator returns. */
    static final class YieldFrom extends Expr {
        final Expr iterable;
        final int inner;
        private final Place place;

        YieldFrom(Expr iterable, int inner, Place place) {
            this.iterable = iterable;
            this.inner = inner;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            Object value = f.slots[inner] == null ? first(f, iterable.eval(f)) : next(f);
            if (value == null) {
                return f.value;
            }
            f.value = value;
            throw Yielded.YIELDED;
        }

        /** The first value to hand on; null when there is none, and the result lies in the frame. */
        Object first(Frame f, Object all) {
            Machine m = f.machine;
            m.place(place);
            Object source = all instanceof GeneratorValue ? all : Semantics.iterate(m, all);
            return keep(f, source, advance(m, source, None.NONE));
        }

        /** The next value to hand on; null when there is none left, and the result lies in the frame. */
        Object next(Frame f) {
            Machine m = f.machine;
            Object source = f.slots[inner];
            f.slots[inner] = null;
            m.place(place);
            if (f.thrown == null) {
                return keep(f, source, advance(m, source, f.takeSent()));
            }
            NnError e = f.thrown;
            f.thrown = null;
            return keep(f, source, raise(m, source, ScriptException.of(m, e)));
        }

        private Object keep(Frame f, Object source, Object value) {
            if (value == null) {
                f.value = source instanceof GeneratorValue g ? g.returned() : None.NONE;
            } else {
                f.slots[inner] = source;
            }
            return value;
        }

        private static Object advance(Machine m, Object source, Object sent) {
            return source instanceof GeneratorValue g ? g.send(m, sent) : ((Iteration) source).next(m);
        }

        private static Object raise(Machine m, Object source, ScriptException e) {
            if (!(source instanceof GeneratorValue g)) {
                throw e;
            }
            if (e.kind() == ErrorKind.GENERATOR_EXIT) {
                g.close(m);
                throw e;
            }
            return g.raise(m, e);
        }
    }

    /** {@code yield from} as a statement of its own, or with its value assigned: pauses without throwing. */
    static final class Delegate extends Stmt {
        final YieldFrom from;
        final Target target;

        Delegate(YieldFrom from, Target target) {
            this.from = from;
            this.target = target;
        }

        @Override
        int exec(Frame f) {
            Object value = f.slots[from.inner] == null ? from.first(f, from.iterable.eval(f)) : from.next(f);
            if (value != null) {
                f.value = value;
                return YIELD;
            }
            if (target != null) {
                target.assign(f, f.value);
            }
            return NORMAL;
        }
    }

    /** A part of an expression that is evaluated before a yield beside it, and then not again. */
    static final class Once extends Expr {
        private final Expr value;
        private final int kept;

        Once(Expr value, int kept) {
            this.value = value;
            this.kept = kept;
        }

        @Override
        Object eval(Frame f) {
            Object v = f.slots[kept];
            if (v == null) {
                v = value.eval(f);
                f.slots[kept] = v;
            }
            return v;
        }
    }

    /** An expression with a yield inside: forgets its parts' values when it is done. */
    static final class Resumable extends Expr {
        private final Expr value;
        private final int[] kept;

        Resumable(Expr value, int[] kept) {
            this.value = value;
            this.kept = kept;
        }

        @Override
        Object eval(Frame f) {
            boolean paused = false;
            try {
                return value.eval(f);
            } catch (Yielded y) {
                paused = true;
                throw y;
            } finally {
                if (!paused) {
                    for (int slot : kept) {
                        f.slots[slot] = null;
                    }
                }
            }
        }
    }

    static final class Block extends Stmt {
        final Stmt[] statements;
        final boolean[] pausing;
        final int at;

        /**
         * @param pausing which statements hold a yield
         * @param at the slot of the statement under way
         */
        Block(Stmt[] statements, boolean[] pausing, int at) {
            this.statements = statements;
            this.pausing = pausing;
            this.at = at;
        }

        @Override
        int exec(Frame f) {
            Object resumed = f.slots[at];
            int i = resumed == null ? 0 : (Integer) resumed;
            boolean paused = false;
            try {
                for (; i < statements.length; i++) {
                    if (pausing[i]) {
                        f.slots[at] = i;
                    }
                    int end = statements[i].exec(f);
                    if (end != NORMAL) {
                        paused = end == YIELD;
                        return end;
                    }
                }
                return NORMAL;
            } catch (Yielded y) {
                paused = true;
                throw y;
            } finally {
                if (!paused) {
                    f.slots[at] = null;
                }
            }
        }
    }

    static final class If extends Stmt {
        final Expr[] tests;
        final Stmt[] bodies;
        final int at;

        /** The last body, without a test, is that of {@code else}. */
        If(Expr[] tests, Stmt[] bodies, int at) {
            this.tests = tests;
            this.bodies = bodies;
            this.at = at;
        }

        @Override
        int exec(Frame f) {
            Object resumed = f.slots[at];
            boolean paused = false;
            int branch;
            try {
                if (resumed == null) {
                    branch = 0;
                    while (branch < tests.length && !tests[branch].test(f)) {
                        branch++;
                    }
                    f.slots[at] = branch;
                } else {
                    branch = (Integer) resumed;
                }
                int end = bodies[branch].exec(f);
                paused = end == YIELD;
                return end;
            } catch (Yielded y) {
                paused = true;
                throw y;
            } finally {
                if (!paused) {
                    f.slots[at] = null;
                }
            }
        }
    }

    static final class While extends Stmt {
        final Expr test;
        final Stmt body;
        final Stmt orElse;
        final int at;

        While(Expr test, Stmt body, Stmt orElse, int at) {
            this.test = test;
            this.body = body;
            this.orElse = orElse;
            this.at = at;
        }

        @Override
        int exec(Frame f) {
            Object resumed = f.slots[at];
            boolean paused = false;
            try {
                boolean inElse = resumed == Boolean.FALSE;
                boolean inBody = resumed == Boolean.TRUE;
                while (!inElse && (inBody || test.test(f))) {
                    inBody = false;
                    f.machine.step();
                    f.slots[at] = Boolean.TRUE;
                    int end = body.exec(f);
                    if (end == BREAK) {
                        return NORMAL;
                    }
                    if (end > CONTINUE) {
                        paused = end == YIELD;
                        return end;
                    }
                    f.slots[at] = null;
                }
                f.slots[at] = Boolean.FALSE;
                int end = orElse.exec(f);
                paused = end == YIELD;
                return end;
            } catch (Yielded y) {
                paused = true;
                throw y;
            } finally {
                if (!paused) {
                    f.slots[at] = null;
                }
            }
        }
    }

    static final class For extends Stmt {
        private static final Iteration AT_ELSE = m -> null;

        final Target target;
        final Expr iterable;
        final Stmt body;
        final Stmt orElse;
        final Place place;
        final int at;
        final int inBody;

        For(Target target, Expr iterable, Stmt body, Stmt orElse, Place place, int at, int inBody) {
            this.target = target;
            this.iterable = iterable;
            this.body = body;
            this.orElse = orElse;
            this.place = place;
            this.at = at;
            this.inBody = inBody;
        }

        @Override
        int exec(Frame f) {
            Machine m = f.machine;
            boolean paused = false;
            try {
                Iteration elements = (Iteration) f.slots[at];
                if (elements == null) {
                    Object all = iterable.eval(f);
                    m.place(place);
                    elements = Semantics.iterate(m, all);
                    f.slots[at] = elements;
                }
                while (elements != AT_ELSE) {
                    if (f.slots[inBody] == null) {
                        m.place(place);
                        Object element = elements.next(m);
                        if (element == null) {
                            break;
                        }
                        m.step();
                        target.assign(f, element);
                        f.slots[inBody] = Boolean.TRUE;
                    }
                    int end = body.exec(f);
                    if (end == BREAK) {
                        return NORMAL;
                    }
                    if (end > CONTINUE) {
                        paused = end == YIELD;
                        return end;
                    }
                    f.slots[inBody] = null;
                }
                f.slots[at] = AT_ELSE;
                int end = orElse.exec(f);
                paused = end == YIELD;
                return end;
            } catch (Yielded y) {
                paused = true;
                throw y;
            } finally {
                if (!paused) {
                    f.slots[at] = null;
                    f.slots[inBody] = null;
                }
            }
        }
    }

    /** {@code try … except … else}; the slot holds TRUE in the else part and the error while a handler runs. */
    static final class Try extends Stmt {
        private final Stmt body;
        private final Exceptions.Handler[] handlers;
        private final Stmt orElse;
        private final int at;
        private final int chosen;

        Try(Stmt body, Exceptions.Handler[] handlers, Stmt orElse, int at, int chosen) {
            this.body = body;
            this.handlers = handlers;
            this.orElse = orElse;
            this.at = at;
            this.chosen = chosen;
        }

        @Override
        int exec(Frame f) {
            Object state = f.slots[at];
            if (state instanceof ScriptException e) {
                return handle(f, e, handlers[(Integer) f.slots[chosen]]);
            }
            if (state == null) {
                int end;
                int depth = f.machine.depth();
                try {
                    end = body.exec(f);
                } catch (NnError | StackOverflowError | OutOfMemoryError t) {
                    f.machine.unwind(depth);
                    return choose(f, Exceptions.caught(f.machine, t));
                }
                if (end != NORMAL) {
                    return end;
                }
            }
            f.slots[at] = Boolean.TRUE;
            boolean paused = false;
            try {
                int end = orElse.exec(f);
                paused = end == YIELD;
                return end;
            } catch (Yielded y) {
                paused = true;
                throw y;
            } finally {
                if (!paused) {
                    f.slots[at] = null;
                }
            }
        }

        private int choose(Frame f, ScriptException e) {
            e.frame(f);
            for (int i = 0; i < handlers.length; i++) {
                if (handlers[i].matches(f, e)) {
                    f.slots[at] = e;
                    f.slots[chosen] = i;
                    handlers[i].enter(f, e);
                    return handle(f, e, handlers[i]);
                }
            }
            throw e;
        }

        private int handle(Frame f, ScriptException e, Exceptions.Handler handler) {
            Machine m = f.machine;
            ExceptionValue before = m.handled();
            m.handled(e.value());
            boolean paused = false;
            try {
                int end = handler.body().exec(f);
                paused = end == YIELD;
                return end;
            } catch (Yielded y) {
                paused = true;
                throw y;
            } catch (NnError | StackOverflowError t) {
                throw Exceptions.during(m, t, e);
            } finally {
                m.handled(before);
                if (!paused) {
                    f.slots[at] = null;
                    handler.leave(f);
                }
            }
        }
    }

    /** {@code try … finally}; the slot holds how the body ended while the last part runs. */
    static final class Finally extends Stmt {
        private final Stmt body;
        private final Stmt last;
        private final int at;

        Finally(Stmt body, Stmt last, int at) {
            this.body = body;
            this.last = last;
            this.at = at;
        }

        /** How the body ended, which the last part must not forget. */
        private record Ending(int end, Object value, Throwable error) {}

        @Override
        int exec(Frame f) {
            Ending ending = (Ending) f.slots[at];
            if (ending == null) {
                int depth = f.machine.depth();
                try {
                    int end = body.exec(f);
                    if (end == YIELD) {
                        return YIELD;
                    }
                    ending = new Ending(end, f.value, null);
                } catch (Yielded | LimitExceeded t) {
                    throw t;
                } catch (NnError | StackOverflowError t) {
                    f.machine.unwind(depth);
                    ending = new Ending(NORMAL, null, Exceptions.caught(f.machine, t));
                } catch (Throwable t) {
                    ending = new Ending(NORMAL, null, t);
                }
                f.slots[at] = ending;
            }
            boolean paused = false;
            int lastEnd;
            try {
                lastEnd = last.exec(f);
                paused = lastEnd == YIELD;
            } catch (Yielded y) {
                paused = true;
                throw y;
            } finally {
                if (!paused) {
                    f.slots[at] = null;
                }
            }
            if (lastEnd != NORMAL) {
                return lastEnd;
            }
            if (ending.error != null) {
                throw Exceptions.<RuntimeException>again(ending.error);
            }
            f.value = ending.value;
            return ending.end;
        }
    }

    /** One {@code with} item whose block yields; the slot holds how to leave it. */
    static final class With extends Stmt {
        private final Exceptions.With with;
        private final int exitAt;

        With(Exceptions.With with, int exitAt) {
            this.with = with;
            this.exitAt = exitAt;
        }

        @Override
        int exec(Frame f) {
            Object exit = f.slots[exitAt];
            if (exit == null) {
                exit = with.enter(f);
                f.slots[exitAt] = exit;
            }
            int end;
            int depth = f.machine.depth();
            try {
                end = with.body.exec(f);
            } catch (Yielded y) {
                throw y;
            } catch (NnError | StackOverflowError | OutOfMemoryError t) {
                f.machine.unwind(depth);
                f.slots[exitAt] = null;
                return with.afterError(f, exit, Exceptions.caught(f.machine, t));
            }
            if (end != YIELD) {
                f.slots[exitAt] = null;
                with.leave(f, exit);
            }
            return end;
        }
    }
}
