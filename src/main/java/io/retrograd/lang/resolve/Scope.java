package io.retrograd.lang.resolve;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A stretch of a script with names of its own: the module, a function, a class body, a comprehension. A
 * comprehension keeps its variables in the frame of the function around it, which costs no call; all other
 * kinds have a frame each.
 */
public final class Scope {
    /** What opens the scope. */
    public enum Kind {
        MODULE,
        FUNCTION,
        CLASS,
        COMPREHENSION
    }

    /** The name of a generator expression's scope. */
    static final String GENERATOR_EXPRESSION = "<genexpr>";

    private static final int BOUND = 1;
    private static final int GLOBAL = 2;
    private static final int NONLOCAL = 4;
    private static final int CAPTURED = 8;

    private final Kind kind;
    private final Scope parent;
    private final Scope frameOwner;
    private final String name;
    private final Map<String, Integer> flags = new LinkedHashMap<>();
    private final Map<String, Integer> slots = new HashMap<>();
    private final Map<String, Integer> free = new LinkedHashMap<>();
    private final Map<String, List<Span>> assignments = new HashMap<>();
    private final List<Scope> children = new ArrayList<>();
    private int frameSize;

    Scope(Kind kind, Scope parent, String name) {
        this.kind = kind;
        this.parent = parent;
        this.name = name;
        this.frameOwner = kind == Kind.COMPREHENSION ? parent.frameOwner : this;
        if (parent != null) {
            parent.children.add(this);
        }
    }

    public Kind kind() {
        return kind;
    }

    boolean isGeneratorExpression() {
        return name.equals(GENERATOR_EXPRESSION);
    }

    /** The scope around this one; null for a module. */
    public Scope parent() {
        return parent;
    }

    /** The scope whose frame holds this one's variables. */
    public Scope frameOwner() {
        return frameOwner;
    }

    /** The function's or class's name. */
    public String name() {
        return name;
    }

    /** How many slots a frame needs; grows while code is being made. */
    public int frameSize() {
        return frameOwner.frameSize;
    }

    /** A further slot for what the evaluator itself must remember. */
    public int newSlot() {
        return frameOwner.frameSize++;
    }

    /** The names that the function takes from its surroundings, in the order of its closure. */
    public List<String> freeNames() {
        return List.copyOf(free.keySet());
    }

    /** The functions' own names by slot, for errors and {@code locals()}; those of comprehensions are left out. */
    public Map<String, Integer> slots() {
        return slots;
    }

    /** Where the name is assigned in this scope, in the order of the text. */
    public List<Span> assignments(String name) {
        return assignments.getOrDefault(name, List.of());
    }

    /** Names bound in this scope. */
    public List<String> boundNames() {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, Integer> each : flags.entrySet()) {
            if ((each.getValue() & BOUND) != 0) {
                names.add(each.getKey());
            }
        }
        return names;
    }

    /** The name under which {@code __private} names of a class are kept. */
    public String mangle(String id) {
        if (!id.startsWith("__") || id.endsWith("__") || id.indexOf('.') >= 0) {
            return id;
        }
        for (Scope s = this; s != null; s = s.parent) {
            if (s.kind == Kind.CLASS) {
                int i = 0;
                while (i < s.name.length() && s.name.charAt(i) == '_') {
                    i++;
                }
                return i == s.name.length() ? id : "_" + s.name.substring(i) + id;
            }
        }
        return id;
    }

    void use(String written) {
        flags.putIfAbsent(mangle(written), 0);
    }

    void bind(String written, Span span) {
        String id = mangle(written);
        add(id, BOUND);
        List<Span> where = assignments.get(id);
        if (where == null) {
            where = new ArrayList<>(2);
            assignments.put(id, where);
        }
        where.add(span);
    }

    void declareGlobal(String id, Span span) {
        declare(id, GLOBAL, "global", span);
    }

    void declareNonlocal(String id, Span span) {
        declare(id, NONLOCAL, "nonlocal", span);
    }

    private void declare(String written, int flag, String word, Span span) {
        String id = mangle(written);
        if (slots.containsKey(id)) {
            throw new ScopeError("name '" + id + "' is parameter and " + word, span);
        }
        add(id, flag);
    }

    private void add(String id, int flag) {
        Integer old = flags.get(id);
        flags.put(id, old == null ? flag : old | flag);
    }

    private boolean has(String id, int flag) {
        Integer f = flags.get(id);
        return f != null && (f & flag) != 0;
    }

    boolean isGlobal(String id) {
        return has(id, GLOBAL);
    }

    /** A parameter: its slot is its position. */
    void parameter(String written, Span span) {
        String id = mangle(written);
        if (slots.containsKey(id)) {
            throw new ScopeError("duplicate argument '" + id + "' in function definition", span);
        }
        bind(id, span);
        slots.put(id, frameSize++);
    }

    /** The name in the first slot of a function; empty where it has no parameters. */
    public String firstParameter() {
        for (Map.Entry<String, Integer> e : slots.entrySet()) {
            if (e.getValue() == 0) {
                return e.getKey();
            }
        }
        return "";
    }

    /** Whether an inner function uses this scope's own name, so that it lives in a cell. */
    public boolean isCaptured(String id) {
        return has(id, CAPTURED);
    }

    private boolean owns(String id) {
        return (kind == Kind.FUNCTION || kind == Kind.COMPREHENSION) && has(id, BOUND) && !has(id, GLOBAL | NONLOCAL)
                || kind == Kind.CLASS && id.equals("__class__") && has(id, CAPTURED);
    }

    /** Finds out which names cross a function's border; once all names of the script are known. */
    void capture() {
        for (String id : new ArrayList<>(flags.keySet())) {
            Scope owner = owner(id);
            if (owner == null) {
                if (has(id, NONLOCAL)) {
                    throw new ScopeError("no binding for nonlocal '" + id + "' found", firstUse(id));
                }
                continue;
            }
            if (owner.frameOwner != frameOwner) {
                owner.add(id, CAPTURED);
                for (Scope s = this; s.frameOwner != owner.frameOwner; s = s.parent) {
                    if (s.frameOwner == s) {
                        s.free.putIfAbsent(id, s.free.size());
                    }
                }
            }
        }
        for (Scope child : children) {
            child.capture();
        }
    }

    private Span firstUse(String id) {
        List<Span> where = assignments(id);
        return where.isEmpty() ? new Span(0, 0, 1, 0, 1, 0) : where.get(0);
    }

    /** The function or comprehension that owns the name as seen from here; null if it is the module's or the class's. */
    private Scope owner(String id) {
        if (owns(id) && !(kind == Kind.CLASS)) {
            return this;
        }
        if (kind == Kind.MODULE || isGlobal(id) || kind == Kind.CLASS && has(id, BOUND) && !has(id, NONLOCAL)) {
            return null;
        }
        for (Scope s = parent; s != null; s = s.parent) {
            if (s.kind == Kind.CLASS && id.equals("__class__")) {
                return s;
            }
            if (s.kind == Kind.FUNCTION || s.kind == Kind.COMPREHENSION) {
                if (s.isGlobal(id)) {
                    return null;
                }
                if (s.owns(id)) {
                    return s;
                }
            }
        }
        return null;
    }

    /** What the name stands for here. */
    public Variable resolve(String written) {
        String id = mangle(written);
        if (kind == Kind.CLASS && has(id, BOUND) && !has(id, GLOBAL | NONLOCAL)) {
            Scope outer = ownerAround(id);
            return new Variable.ClassMember(id, outer == null ? new Variable.Global(id) : through(outer, id));
        }
        Scope owner = owner(id);
        return owner == null ? new Variable.Global(id) : through(owner, id);
    }

    private Scope ownerAround(String id) {
        for (Scope s = parent; s != null; s = s.parent) {
            if (s.kind != Kind.CLASS && s.kind != Kind.MODULE && s.owns(id)) {
                return free.containsKey(id) ? s : null;
            }
        }
        return null;
    }

    private Variable through(Scope owner, String id) {
        if (owner.frameOwner != frameOwner) {
            return new Variable.Free(frameOwner.free.get(id));
        }
        return owner.isCaptured(id) ? new Variable.Boxed(owner.slot(id)) : new Variable.Local(owner.slot(id));
    }

    /** The slot of a name that this scope owns. */
    public int slot(String id) {
        Integer slot = slots.get(id);
        if (slot == null) {
            slot = frameOwner.frameSize++;
            slots.put(id, slot);
        }
        return slot;
    }

    /** What an inner function takes along for one of its free names: {@link Variable.Boxed} or {@link Variable.Free}. */
    public Variable cellFor(String id) {
        Scope owner = owns(id) ? this : owner(id);
        if (owner == null) {
            owner = ownerAround(id);
        }
        if (owner == null) {
            throw new NnError(ErrorKind.SYSTEM_ERROR, "no cell for " + id);
        }
        return through(owner, id);
    }
}
