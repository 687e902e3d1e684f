package io.retrograd.lang.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A stretch of a script with names of its own, and how each of them gets its meanings. */
final class Room {
    enum Kind {
        MODULE,
        FUNCTION,
        CLASS
    }

    private final Kind kind;
    private final Room parent;
    private final Map<String, List<Binding>> names = new HashMap<>();
    private final Set<String> globals = new HashSet<>();

    Room(Kind kind, Room parent) {
        this.kind = kind;
        this.parent = parent;
    }

    Room module() {
        Room r = this;
        while (r.parent != null) {
            r = r.parent;
        }
        return r;
    }

    void declareGlobal(String name) {
        globals.add(name);
        module().names.computeIfAbsent(name, n -> new ArrayList<>()).add(Binding.SOMETHING);
    }

    void bind(String name, Binding binding) {
        Room owner = globals.contains(name) ? module() : this;
        owner.names.computeIfAbsent(name, n -> new ArrayList<>()).add(binding);
    }

    /** The bindings of a name as seen from here, by Python's rules; null where it has none. */
    List<Binding> find(String name) {
        if (globals.contains(name)) {
            return module().names.get(name);
        }
        for (Room r = this; r != null; r = r.parent) {
            List<Binding> found = r.kind == Kind.CLASS && r != this ? null : r.names.get(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The names bound here, for spelling help. */
    Set<String> visible() {
        Set<String> all = new HashSet<>();
        for (Room r = this; r != null; r = r.parent) {
            all.addAll(r.names.keySet());
        }
        return all;
    }
}
