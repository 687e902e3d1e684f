package io.retrograd.lang.run;

import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.value.BoundMethod;
import io.retrograd.lang.value.ClassValue;
import io.retrograd.lang.value.Descriptor;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.InstanceValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
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

    /** {@code object.name}; remembers where the objects seen here keep that attribute. */
    static final class Attribute extends Expr {
        final Expr object;
        final String name;
        final Place place;
        private KnownClass known;
        private Object owner;
        private int ownerVersion;
        private Object ofOwner;

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
                KnownClass k = KnownClass.of(known, i);
                if (k != null) {
                    Object found = k.field >= 0 ? i.field(k.field) : seen(m, i, k);
                    if (found != null) {
                        return found;
                    }
                }
                m.place(place);
                Object found = Semantics.attribute(m, o, name);
                remember(i);
                return found;
            }
            if (o == owner && version(o) == ownerVersion) {
                return ofOwner;
            }
            m.place(place);
            Object found = Semantics.attribute(m, o, name);
            if (o instanceof ClassValue c) {
                remember(c);
            } else if (o instanceof ModuleValue module && module.hasVersions() && found != null) {
                own(module, found);
            }
            return found;
        }

        private static int version(Object o) {
            return o instanceof ClassValue c ? c.dataVersion() : ((ModuleValue) o).version();
        }

        private void own(Object o, Object found) {
            owner = o;
            ofOwner = found;
            ownerVersion = version(o);
        }

        /** What a class holds as its instance sees it. */
        private Object seen(Machine m, InstanceValue i, KnownClass k) {
            if (k.member instanceof FunctionValue function) {
                return new BoundMethod(function, i);
            }
            if (k.member instanceof PropertyValue property) {
                m.place(place);
                return property.get(m, i, k.type);
            }
            return k.member;
        }

        private static boolean isPlain(Object member) {
            return !(member instanceof Descriptor || member instanceof InstanceValue || member instanceof BuiltinFunction);
        }

        /** A class's own attribute, if that is what an access gives as it stands. */
        private void remember(ClassValue c) {
            Object member = c.lookup(name);
            if (member != null && !name.startsWith("__") && isPlain(member)) {
                own(c, member);
            }
        }

        private void remember(InstanceValue i) {
            if (i.getClass() != InstanceValue.class || !(i.type() instanceof ClassValue c)
                    || c.scriptMethod("__getattribute__") != null) {
                return;
            }
            Object member = c.lookup(name);
            int field = i.layout().indexOf(name);
            if (member instanceof PropertyValue) {
                // Where it fails with an AttributeError, __getattr__ has a say.
                if (c.scriptMethod("__getattr__") == null) {
                    known = KnownClass.withMember(known, c, i.layout(), member, false);
                }
            } else if (field >= 0 && !comesFirst(member)) {
                known = KnownClass.withField(known, c, i.layout(), null, field);
            } else if (field < 0 && member instanceof FunctionValue) {
                known = KnownClass.withMember(known, c, i.layout(), member, false);
            } else if (field < 0 && member != null && !name.startsWith("__") && isPlain(member)) {
                known = KnownClass.withMember(known, c, i.layout(), member, true);
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
                } else if (o instanceof String text) {
                    String found = Semantics.characterAt(m, text, i);
                    if (found != null) {
                        return found;
                    }
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
