package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.InstanceValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Layout;
import io.retrograd.lang.value.ClassValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.PropertyValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The kinds of assignment targets. */
final class Targets {
    private Targets() {}

    /** A variable in a slot of its own. */
    static final class Local extends Target {
        final int slot;
        private final String name;
        private final Place place;

        Local(int slot, String name, Place place) {
            this.slot = slot;
            this.name = name;
            this.place = place;
        }

        @Override
        void assign(Frame f, Object value) {
            f.slots[slot] = value;
        }

        @Override
        void delete(Frame f) {
            if (f.slots[slot] == null) {
                f.machine.place(place);
                throw Errors.unbound(name);
            }
            f.slots[slot] = null;
        }
    }

    /** A variable of this function that an inner one uses too. */
    static final class Boxed extends Target {
        final int slot;
        private final String name;
        private final Place place;

        Boxed(int slot, String name, Place place) {
            this.slot = slot;
            this.name = name;
            this.place = place;
        }

        @Override
        void assign(Frame f, Object value) {
            Object cell = f.slots[slot];
            if (cell == null) {
                f.slots[slot] = new Cell(value);
            } else {
                ((Cell) cell).value = value;
            }
        }

        @Override
        void delete(Frame f) {
            Cell cell = (Cell) f.slots[slot];
            if (cell == null || cell.get() == null) {
                f.machine.place(place);
                throw Errors.unbound(name);
            }
            cell.clear();
        }
    }

    /** A variable of a function around this one, declared nonlocal. */
    static final class Free extends Target {
        final int index;
        private final String name;
        private final Place place;

        Free(int index, String name, Place place) {
            this.index = index;
            this.name = name;
            this.place = place;
        }

        @Override
        void assign(Frame f, Object value) {
            f.cells[index].value = value;
        }

        @Override
        void delete(Frame f) {
            if (f.cells[index].get() == null) {
                f.machine.place(place);
                throw Errors.unboundFree(name);
            }
            f.cells[index].clear();
        }
    }

    /** A variable of the module. */
    static final class Global extends Target {
        final GlobalSlot slot;
        private final Place place;

        Global(GlobalSlot slot, Place place) {
            this.slot = slot;
            this.place = place;
        }

        @Override
        void assign(Frame f, Object value) {
            slot.value = value;
        }

        @Override
        void delete(Frame f) {
            if (slot.get() == null) {
                f.machine.place(place);
                throw Errors.undefined(f.machine, f.code, slot.name);
            }
            slot.clear();
        }
    }

    /** A name in a class body. */
    static final class Member extends Target {
        private final int namespace;
        private final String name;
        private final Place place;

        Member(int namespace, String name, Place place) {
            this.namespace = namespace;
            this.name = name;
            this.place = place;
        }

        @SuppressWarnings("unchecked")
        private Map<String, Object> members(Frame f) {
            return (Map<String, Object>) f.slots[namespace];
        }

        @Override
        void assign(Frame f, Object value) {
            members(f).put(name, value);
        }

        @Override
        void delete(Frame f) {
            if (members(f).remove(name) == null) {
                f.machine.place(place);
                throw Errors.undefined(f.machine, f.code, name);
            }
        }
    }

    /** {@code object.name}; remembers where the last object seen here keeps that attribute. */
    static final class Attribute extends Target {
        final Expr object;
        final String name;
        final Place place;
        private KnownClass known;

        Attribute(Expr object, String name, Place place) {
            this.object = object;
            this.name = name;
            this.place = place;
        }

        @Override
        void assign(Frame f, Object value) {
            set(f.machine, object.eval(f), value);
        }

        void set(Machine m, Object o, Object value) {
            if (o instanceof InstanceValue i) {
                KnownClass k = KnownClass.of(known, i);
                if (k == null) {
                    Layout before = i.layout();
                    m.place(place);
                    i.setAttribute(m, name, value);
                    remember(i, before);
                } else if (k.wider != null) {
                    i.grow(k.wider, value);
                } else if (k.field >= 0) {
                    i.field(k.field, value);
                } else {
                    m.place(place);
                    ((PropertyValue) k.member).set(m, i, value);
                }
                return;
            }
            m.place(place);
            Semantics.setAttribute(m, o, name, value);
        }

        private void remember(InstanceValue i, Layout before) {
            if (i.getClass() != InstanceValue.class || !(i.type() instanceof ClassValue c)
                    || c.scriptMethod("__setattr__") != null) {
                return;
            }
            Object member = c.lookup(name);
            int field = i.layout().indexOf(name);
            if (member instanceof PropertyValue) {
                known = KnownClass.withMember(known, c, i.layout(), member, false);
            } else if (field >= 0 && !Access.comesFirst(member)) {
                if (before == i.layout()) {
                    known = KnownClass.withField(known, c, before, null, field);
                } else if (before.with(name) == i.layout()) {
                    known = KnownClass.withField(known, c, before, i.layout(), field);
                }
            }
        }

        @Override
        void delete(Frame f) {
            Object o = object.eval(f);
            f.machine.place(place);
            Semantics.deleteAttribute(f.machine, o, name);
        }
    }

    /** {@code object[index]}. */
    static final class Item extends Target {
        final Expr object;
        final Expr index;
        final Place place;

        Item(Expr object, Expr index, Place place) {
            this.object = object;
            this.index = index;
            this.place = place;
        }

        @Override
        void assign(Frame f, Object value) {
            Object o = object.eval(f);
            Object key = index.eval(f);
            set(f.machine, place, o, key, value);
        }

        static void set(Machine m, Place place, Object o, Object key, Object value) {
            if (o instanceof ListValue list && o.getClass() == ListValue.class && key instanceof Long l) {
                long i = l;
                if (i >= 0 && i < list.size()) {
                    list.set((int) i, value);
                    return;
                }
            }
            m.place(place);
            if (o.getClass() == DictValue.class) {
                ((DictValue) o).put(m, key, value);
                return;
            }
            Semantics.setItem(m, o, key, value);
        }

        @Override
        void delete(Frame f) {
            Object o = object.eval(f);
            Object key = index.eval(f);
            f.machine.place(place);
            Semantics.deleteItem(f.machine, o, key);
        }
    }

    /** {@code a, b} or {@code [a, b]}: as many values as names. */
    static final class Unpack extends Target {
        final Target[] parts;
        final Place place;

        Unpack(Target[] parts, Place place) {
            this.parts = parts;
            this.place = place;
        }

        @Override
        void assign(Frame f, Object value) {
            if (value instanceof TupleValue t && t.size() == parts.length && value.getClass() == TupleValue.class) {
                for (int i = 0; i < parts.length; i++) {
                    parts[i].assign(f, t.get(i));
                }
                return;
            }
            Object[] values = values(f.machine, value);
            for (int i = 0; i < parts.length; i++) {
                parts[i].assign(f, values[i]);
            }
        }

        Object[] values(Machine m, Object value) {
            m.place(place);
            Iteration all = Iterations.unpack(m, value);
            Object[] values = new Object[parts.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = all.next(m);
                if (values[i] == null) {
                    throw NnError.value("not enough values to unpack (expected " + parts.length + ", got " + i + ")");
                }
            }
            if (all.next(m) != null) {
                throw NnError.value("too many values to unpack (expected " + parts.length + ")");
            }
            return values;
        }

        @Override
        void delete(Frame f) {
            for (Target part : parts) {
                part.delete(f);
            }
        }
    }

    /** {@code a, *b, c}: the starred name takes what the others leave. */
    static final class UnpackStarred extends Target {
        private final Target[] parts;
        private final int star;
        private final Place place;

        UnpackStarred(Target[] parts, int star, Place place) {
            this.parts = parts;
            this.star = star;
            this.place = place;
        }

        @Override
        void assign(Frame f, Object value) {
            Machine m = f.machine;
            m.place(place);
            Iteration all = Iterations.unpack(m, value);
            List<Object> values = new ArrayList<>();
            for (Object x = all.next(m); x != null; x = all.next(m)) {
                m.step();
                values.add(x);
            }
            int fixed = parts.length - 1;
            if (values.size() < fixed) {
                throw NnError.value(
                        "not enough values to unpack (expected at least " + fixed + ", got " + values.size() + ")");
            }
            int after = fixed - star;
            for (int i = 0; i < star; i++) {
                parts[i].assign(f, values.get(i));
            }
            parts[star].assign(f, ListValue.copyOf(values.subList(star, values.size() - after)));
            for (int i = 0; i < after; i++) {
                parts[star + 1 + i].assign(f, values.get(values.size() - after + i));
            }
        }

        @Override
        void delete(Frame f) {
            for (Target part : parts) {
                part.delete(f);
            }
        }
    }
}
