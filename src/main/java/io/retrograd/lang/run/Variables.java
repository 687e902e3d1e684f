package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.MentionedWord;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import java.util.Map;

/** Reading names. */
final class Variables {
    private Variables() {}

    /** A variable in a slot of its own. */
    static final class Local extends Expr {
        final int slot;
        final String name;
        final Place place;

        Local(int slot, String name, Place place) {
            this.slot = slot;
            this.name = name;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            Object v = f.slots[slot];
            if (v == null) {
                throw unbound(f.machine);
            }
            return v;
        }

        NnError unbound(Machine m) {
            m.place(place);
            return Errors.unbound(name);
        }
    }

    /** A variable of this function that an inner one uses too. */
    static final class Boxed extends Expr {
        final int slot;
        final String name;
        final Place place;

        Boxed(int slot, String name, Place place) {
            this.slot = slot;
            this.name = name;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            return get(f.machine, (Cell) f.slots[slot]);
        }

        Object get(Machine m, Cell cell) {
            Object v = cell == null ? null : cell.get();
            if (v == null) {
                m.place(place);
                throw Errors.unbound(name);
            }
            return v;
        }
    }

    /** A variable of a function around this one. */
    static final class Free extends Expr {
        final int index;
        final String name;
        final Place place;

        Free(int index, String name, Place place) {
            this.index = index;
            this.name = name;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            return get(f.machine, f.cells);
        }

        Object get(Machine m, Cell[] cells) {
            Object v = cells[index].get();
            if (v == null) {
                m.place(place);
                throw Errors.unboundFree(name);
            }
            return v;
        }
    }

    /** A variable of the module; where the script has not bound it, a word of the library. */
    static class Global extends Expr {
        final GlobalSlot slot;
        final Place place;

        Global(GlobalSlot slot, Place place) {
            this.slot = slot;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            Object v = slot.value;
            return v != null ? v : word(f.machine, f.code);
        }

        /** What the name means where the variable has no value at hand. */
        Object word(Machine m, Code code) {
            Object grown = slot.settle();
            if (grown != null) {
                return grown;
            }
            Object word = slot.word;
            if (word == null) {
                m.place(place);
                word = m.library().word(m, slot.name);
                if (word == null) {
                    throw Errors.undefined(m, code, slot.name);
                }
                slot.word = word;
            }
            return word;
        }
    }

    /** A module's variable that is read and not called. */
    static final class Mention extends Global {
        Mention(GlobalSlot slot, Place place) {
            super(slot, place);
        }

        @Override
        Object word(Machine m, Code code) {
            Object word = super.word(m, code);
            if (slot.get() == null && MentionedWord.needsModule(m, slot.name, word)) {
                String tensorFlow = code.module().tensorFlow();
                if (!tensorFlow.isEmpty()) {
                    m.place(place);
                    throw MentionedWord.undefined(m, slot.name, tensorFlow);
                }
            }
            return word;
        }
    }

    /** A name in a class body: the class's own so far, else what it means around the class. */
    static final class Member extends Expr {
        final int namespace;
        final String name;
        private final Expr outer;

        Member(int namespace, String name, Expr outer) {
            this.namespace = namespace;
            this.name = name;
            this.outer = outer;
        }

        @Override
        Object eval(Frame f) {
            Object v = ((Map<?, ?>) f.slots[namespace]).get(name);
            return v != null ? v : outer.eval(f);
        }
    }
}
