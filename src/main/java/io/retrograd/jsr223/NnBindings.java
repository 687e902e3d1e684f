package io.retrograd.jsr223;

import io.retrograd.Interpreter;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.script.Bindings;

/** The variables of an interpreter as bindings. Values are converted each time they are asked for. */
final class NnBindings extends AbstractMap<String, Object> implements Bindings {
    private final Session session;
    /** What no script can name, such as {@code javax.script.filename}. */
    private final Map<String, Object> others = new HashMap<>();

    NnBindings(Session session) {
        this.session = session;
    }

    Session session() {
        return session;
    }

    private Interpreter interpreter() {
        return session.interpreter();
    }

    static boolean isName(String key) {
        return !key.isEmpty() && Character.isJavaIdentifierStart(key.charAt(0)) && key.chars().allMatch(Character::isJavaIdentifierPart)
                && key.indexOf('$') < 0;
    }

    private static String key(Object key) {
        if (!(key instanceof String name)) {
            throw key == null ? new NullPointerException("a name is missing") : new ClassCastException("names are strings");
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an empty name");
        }
        return name;
    }

    @Override
    public Object put(String name, Object value) {
        if (!isName(key(name))) {
            return others.put(name, value);
        }
        Object before = interpreter().get(name);
        interpreter().set(name, value);
        return before;
    }

    @Override
    public void putAll(Map<? extends String, ?> all) {
        all.forEach(this::put);
    }

    @Override
    public boolean containsKey(Object name) {
        return isName(key(name)) ? interpreter().has((String) name) : others.containsKey(name);
    }

    @Override
    public Object get(Object name) {
        return isName(key(name)) ? interpreter().get((String) name) : others.get(name);
    }

    @Override
    public Object remove(Object name) {
        if (!isName(key(name))) {
            return others.remove(name);
        }
        Object before = interpreter().get((String) name);
        interpreter().remove((String) name);
        return before;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        List<String> names = new ArrayList<>(interpreter().names());
        names.addAll(others.keySet());
        return new AbstractSet<>() {
            @Override
            public int size() {
                return names.size();
            }

            @Override
            public Iterator<Entry<String, Object>> iterator() {
                Iterator<String> each = names.iterator();
                return new Iterator<>() {
                    private String last;

                    @Override
                    public boolean hasNext() {
                        return each.hasNext();
                    }

                    @Override
                    public Entry<String, Object> next() {
                        last = each.next();
                        String name = last;
                        return new SimpleEntry<>(name, NnBindings.this.get(name)) {
                            private static final long serialVersionUID = 1L;

                            @Override
                            public Object setValue(Object value) {
                                put(name, value);
                                return super.setValue(value);
                            }
                        };
                    }

                    @Override
                    public void remove() {
                        each.remove();
                        NnBindings.this.remove(last);
                    }
                };
            }
        };
    }
}
