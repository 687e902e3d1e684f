package io.retrograd.lang.run;

import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SetValue;

/** List, set and dict comprehensions: loops in the frame around them that gather values. */
final class Comprehensions {
    private Comprehensions() {}

    /** One {@code for … in … if …}. */
    record Clause(Target target, Expr iterable, Expr[] conditions, Place place) {}

    /** What the kinds share: the loops. */
    abstract static class Comprehension extends Expr {
        final Clause[] clauses;
        final int[] freshCells;

        Comprehension(Clause[] clauses, int[] freshCells) {
            this.clauses = clauses;
            this.freshCells = freshCells;
        }

        abstract void gather(Frame f, Object into);

        void run(Frame f, Object into) {
            for (int slot : freshCells) {
                f.slots[slot] = null;
            }
            loop(f, 0, into);
        }

        private void loop(Frame f, int depth, Object into) {
            Clause clause = clauses[depth];
            Object all = clause.iterable.eval(f);
            Machine m = f.machine;
            if (all instanceof RangeValue range) {
                for (long i = 0; i < range.count(); i++) {
                    m.step();
                    clause.target.assign(f, range.at(i));
                    turn(f, depth, clause, into);
                }
                return;
            }
            m.place(clause.place);
            Iteration elements = Semantics.iterate(m, all);
            while (true) {
                m.place(clause.place);
                Object element = elements.next(m);
                if (element == null) {
                    return;
                }
                m.step();
                clause.target.assign(f, element);
                turn(f, depth, clause, into);
            }
        }

        private void turn(Frame f, int depth, Clause clause, Object into) {
            for (Expr condition : clause.conditions) {
                if (!condition.test(f)) {
                    return;
                }
            }
            if (depth == clauses.length - 1) {
                gather(f, into);
            } else {
                loop(f, depth + 1, into);
            }
        }
    }

    static final class ListComp extends Comprehension {
        final Expr element;

        ListComp(Expr element, Clause[] clauses, int[] freshCells) {
            super(clauses, freshCells);
            this.element = element;
        }

        @Override
        Object eval(Frame f) {
            ListValue list = new ListValue();
            run(f, list);
            return list;
        }

        @Override
        void gather(Frame f, Object into) {
            ((ListValue) into).add(element.eval(f));
        }
    }

    static final class SetComp extends Comprehension {
        final Expr element;
        final Place place;

        SetComp(Expr element, Clause[] clauses, int[] freshCells, Place place) {
            super(clauses, freshCells);
            this.element = element;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            SetValue set = new SetValue();
            run(f, set);
            return set;
        }

        @Override
        void gather(Frame f, Object into) {
            Object v = element.eval(f);
            f.machine.place(place);
            ((SetValue) into).add(f.machine, v);
        }
    }

    static final class DictComp extends Comprehension {
        final Expr key;
        final Expr value;
        final Place place;

        DictComp(Expr key, Expr value, Clause[] clauses, int[] freshCells, Place place) {
            super(clauses, freshCells);
            this.key = key;
            this.value = value;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            DictValue dict = new DictValue();
            run(f, dict);
            return dict;
        }

        @Override
        void gather(Frame f, Object into) {
            Object k = key.eval(f);
            Object v = value.eval(f);
            f.machine.place(place);
            ((DictValue) into).put(f.machine, k, v);
        }
    }
}
