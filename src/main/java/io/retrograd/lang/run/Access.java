package io.retrograd.lang.run;

import io.retrograd.lang.value.ClassValue;
import io.retrograd.lang.value.Descriptor;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.InstanceValue;
import io.retrograd.lang.value.Layout;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.PropertyValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;

/** Attributes and items, read. */
final class Access {
    private Access() {}

    /** Whether what the class holds hides an instance's own attribute of that name. */
    static boolean comesFirst(Object member) {
        return member instanceof Descriptor d && d.comesFirst() || member instanceof InstanceValue;
    }

    /** {@code object.name}; remembers where the last object seen here keeps that attribute. */
    static final class Attribute extends Expr {
        final Expr object;
        final String name;
        final Place place;
        private Layout knownLayout;
        private int knownVersion;
        private int knownField;
        private ClassValue knownClass;
        private Object knownMember;

        Attribute(Expr object, String name, Place place) {
            this.object = object;
            this.name = name;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            return get(f.machine, object.eval(f));
        }

        Object get(Machine m, Object o) {
            if (o instanceof InstanceValue i) {
                if (i.layout() == knownLayout && i.type() instanceof ClassValue c && c.version() == knownVersion) {
                    return i.field(knownField);
                }
                m.place(place);
                if (knownMember instanceof PropertyValue property && i.type() == knownClass && knownClass.version() == knownVersion) {
                    return property.get(m, i, knownClass);
                }
                Object found = Semantics.attribute(m, o, name);
                remember(i);
                return found;
            }
            if (o == knownClass && !(knownMember instanceof PropertyValue) && knownClass.dataVersion() == knownVersion) {
                return knownMember;
            }
            m.place(place);
            Object found = Semantics.attribute(m, o, name);
            if (o instanceof ClassValue c) {
                remember(c);
            }
            return found;
        }

        /** A class's own attribute, if that is what an access gives as it stands. */
        private void remember(ClassValue c) {
            Object member = c.lookup(name);
            if (member != null && !name.startsWith("__") && !(member instanceof Descriptor || member instanceof InstanceValue)) {
                known(c, member, c.dataVersion());
            }
        }

        private void known(ClassValue c, Object member, int version) {
            knownClass = c;
            knownMember = member;
            knownVersion = version;
            knownLayout = null;
        }

        private void remember(InstanceValue i) {
            if (i.getClass() == InstanceValue.class
                    && i.type() instanceof ClassValue c
                    && c.lookup(name) instanceof PropertyValue property
                    && c.scriptMethod("__getattribute__") == null
                    && c.scriptMethod("__getattr__") == null) {
                known(c, property, c.version());
                return;
            }
            int field = i.layout().indexOf(name);
            if (field >= 0
                    && i.getClass() == InstanceValue.class
                    && i.type() instanceof ClassValue c
                    && !comesFirst(c.lookup(name))
                    && c.scriptMethod("__getattribute__") == null) {
                knownLayout = i.layout();
                knownVersion = c.version();
                knownField = field;
                knownClass = null;
            }
        }
    }

    /** {@code object[index]}. */
    static final class Item extends Expr {
        final Expr object;
        final Expr index;
        final Place place;

        Item(Expr object, Expr index, Place place) {
            this.object = object;
            this.index = index;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            Object o = object.eval(f);
            return get(f.machine, place, o, index.eval(f));
        }

        static Object get(Machine m, Place place, Object o, Object key) {
            if (key instanceof Long l) {
                long i = l;
                if (o instanceof ListValue list) {
                    if (i >= 0 && i < list.size()) {
                        return list.get((int) i);
                    }
                } else if (o instanceof TupleValue tuple && i >= 0 && i < tuple.size()) {
                    return tuple.get((int) i);
                }
            } else if (key instanceof String s && o instanceof DictValue dict) {
                Object found = dict.getText(s);
                if (found != null) {
                    return found;
                }
            }
            m.place(place);
            if (o.getClass() == DictValue.class) {
                Object found = ((DictValue) o).get(m, key);
                if (found != null) {
                    return found;
                }
            }
            return Semantics.item(m, o, key);
        }
    }
}
