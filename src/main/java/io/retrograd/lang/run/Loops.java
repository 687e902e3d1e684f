package io.retrograd.lang.run;

import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;

/** Loops, which become bytecode while they run. */
final class Loops {
    private Loops() {}

    /** What both kinds of loop share: counting until they are worth their bytecode, and the race with it then. */
    abstract static class Loop extends Stmt {
        /** Added to how a loop ended where bytecode has brought it to its end, {@code else} included. */
        static final int ALL_DONE = 16;

        /** Of more turns of the nodes half are forgotten. */
        private static final int LATELY = 100;

        /** Whoever asks for bytecode sooner than this wants no race. */
        private static final int IMPATIENT = 1000;

        private CompiledLoop compiled;
        private int turns;
        private int wanted = -1;
        private boolean racing;
        private long began;
        private int turnsBefore;
        private long nodeNanos;
        private int nodeTurns;

        /** The bytecode, once it is the faster way; null before. */
        final CompiledLoop faster() {
            return compiled != null && compiled.isFaster() ? compiled : null;
        }

        /** Counts a turn; true when it is the bytecode's turn. */
        final boolean isHot(Frame f) {
            if (wanted < 0) {
                wanted = f.machine.hotTurns();
            }
            return ++turns > wanted && (compiled != null || compile(f));
        }

        private boolean compile(Frame f) {
            compiled = BytecodeCompiler.loop(f.code, this).orElse(null);
            if (compiled == null) {
                wanted = Integer.MAX_VALUE;
                turns = 0;
                return false;
            }
            if (wanted < IMPATIENT) {
                compiled.win();
            }
            return true;
        }

        /** Starts the clock of the nodes, while they race. */
        final void start() {
            if (compiled != null) {
                began = System.nanoTime();
                turnsBefore = turns;
            }
        }

        /** Stops it. */
        final void stop() {
            if (compiled != null) {
                nodeNanos += System.nanoTime() - began;
                nodeTurns += turns - turnsBefore;
            }
        }

        /** Goes on in bytecode: to the end, or for a few turns of the race. */
        final int goOn(Frame f, Object all, long next) {
            if (compiled.isFaster()) {
                return compiled.run(f, all, next);
            }
            // The first time the nodes' turns were not timed: any time loses.
            if (racing) {
                stop();
            }
            int end = compiled.race(f, all, next, nodeNanos / Math.max(1.0, nodeTurns));
            if (nodeTurns > LATELY) {
                nodeNanos /= 2;
                nodeTurns /= 2;
            }
            racing = true;
            wanted = compiled.pause();
            turns = 0;
            start();
            return end;
        }
    }

    static final class While extends Loop {
        final Expr test;
        final Stmt body;
        final Stmt orElse;
        private final Place place;

        While(Expr test, Stmt body, Stmt orElse, Place place) {
            this.test = test;
            this.body = body;
            this.orElse = orElse;
            this.place = place;
        }

        @Override
        int exec(Frame f) {
            // Where an interrupt points if the body has no place of its own.
            f.machine.place(place);
            if (faster() != null) {
                return faster().run(f, null, 0);
            }
            start();
            while (test.test(f)) {
                f.machine.step();
                int end = body.exec(f);
                if (end == BREAK) {
                    stop();
                    return NORMAL;
                }
                if (end > CONTINUE) {
                    stop();
                    return end;
                }
                if (isHot(f)) {
                    int ended = goOn(f, null, 0);
                    if (ended != CompiledLoop.AGAIN) {
                        return ended;
                    }
                }
            }
            stop();
            return orElse.exec(f);
        }
    }

    static final class For extends Loop {
        final Target target;
        final Expr iterable;
        final Stmt body;
        final Stmt orElse;
        final Place place;

        For(Target target, Expr iterable, Stmt body, Stmt orElse, Place place) {
            this.target = target;
            this.iterable = iterable;
            this.body = body;
            this.orElse = orElse;
            this.place = place;
        }

        @Override
        int exec(Frame f) {
            Object all = iterable.eval(f);
            f.machine.place(place);
            if (faster() != null) {
                return faster().run(f, Fast.iterated(f.machine, place, all), 0);
            }
            start();
            int end;
            if (all instanceof RangeValue range) {
                end = overRange(f, range);
            } else if (all instanceof ListValue list && all.getClass() == ListValue.class) {
                end = overList(f, list);
            } else {
                end = overAny(f, all);
            }
            if (end >= ALL_DONE) {
                return end - ALL_DONE;
            }
            stop();
            if (end == BREAK) {
                return NORMAL;
            }
            return end == NORMAL ? orElse.exec(f) : end;
        }

        private int overRange(Frame f, RangeValue range) {
            Machine m = f.machine;
            long count = range.count();
            long value = range.start();
            long step = range.step();
            for (long i = 0; i < count; i++, value += step) {
                m.step();
                target.assign(f, value);
                int end = body.exec(f);
                if (end == BREAK || end > CONTINUE) {
                    return end;
                }
                if (isHot(f)) {
                    int ended = goOn(f, range, i + 1);
                    if (ended != CompiledLoop.AGAIN) {
                        return ALL_DONE + ended;
                    }
                    value += (f.next - 1 - i) * step;
                    i = f.next - 1;
                }
            }
            return NORMAL;
        }

        private int overList(Frame f, ListValue list) {
            Machine m = f.machine;
            for (int i = 0; i < list.size(); i++) {
                m.step();
                target.assign(f, list.get(i));
                int end = body.exec(f);
                if (end == BREAK || end > CONTINUE) {
                    return end;
                }
                if (isHot(f)) {
                    int ended = goOn(f, list, i + 1);
                    if (ended != CompiledLoop.AGAIN) {
                        return ALL_DONE + ended;
                    }
                    i = (int) f.next - 1;
                }
            }
            return NORMAL;
        }

        private int overAny(Frame f, Object all) {
            Machine m = f.machine;
            m.place(place);
            Iteration elements = Semantics.iterate(m, all);
            while (true) {
                m.place(place);
                Object element = elements.next(m);
                if (element == null) {
                    return NORMAL;
                }
                m.step();
                target.assign(f, element);
                int end = body.exec(f);
                if (end == BREAK || end > CONTINUE) {
                    return end;
                }
                if (isHot(f)) {
                    int ended = goOn(f, elements, 0);
                    if (ended != CompiledLoop.AGAIN) {
                        return ALL_DONE + ended;
                    }
                }
            }
        }
    }
}
