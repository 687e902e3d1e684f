package io.retrograd.lang.parse;

import io.retrograd.lang.tree.Dialect;
import io.retrograd.lang.tree.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What the builders of a tree share: the places in the text, the dialect, and what encloses the node being built. */
final class Construction {
    private final Places places;
    private final Dialect dialect;
    private final Deque<Body> bodies = new ArrayDeque<>();
    private final Set<String> used = new HashSet<>();
    private final Set<String> bound = new HashSet<>();

    Construction(Places places, Dialect dialect) {
        this.places = places;
        this.dialect = dialect;
        bodies.push(new Body(BodyKind.MODULE));
    }

    /** The kinds of code that {@code return}, {@code yield} and {@code break} tell apart. */
    enum BodyKind {
        MODULE,
        CLASS,
        FUNCTION,
        LIST_COMPREHENSION,
        SET_COMPREHENSION,
        DICT_COMPREHENSION,
        GENERATOR_EXPRESSION
    }

    /** One body of code while it is built. */
    static final class Body {
        private final BodyKind kind;
        private int loops;
        private boolean yields;

        private Body(BodyKind kind) {
            this.kind = kind;
        }

        BodyKind kind() {
            return kind;
        }

        boolean yields() {
            return yields;
        }

        boolean inLoop() {
            return loops > 0;
        }

        void enterLoop() {
            loops++;
        }

        void leaveLoop() {
            loops--;
        }
    }

    Places places() {
        return places;
    }

    Dialect dialect() {
        return dialect;
    }

    Body body() {
        return bodies.peek();
    }

    Body enter(BodyKind kind) {
        Body body = new Body(kind);
        bodies.push(body);
        return body;
    }

    void leave() {
        bodies.pop();
    }

    /** Notes that the enclosing function is a generator. */
    void yields(Span span) {
        Body body = body();
        switch (body.kind) {
            case MODULE, CLASS -> throw wrong("'yield' outside function", span);
            case FUNCTION -> body.yields = true;
            default -> throw wrong("'yield' inside " + body.kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), span);
        }
    }

    SyntaxError wrong(String message, Span span) {
        return places.wrong(message, span);
    }

    // ---- Names of Python 2 ----

    void use(String name) {
        if (Python2Signs.NAMES.contains(name)) {
            used.add(name);
        }
    }

    void bind(String name) {
        if (Python2Signs.NAMES.contains(name)) {
            bound.add(name);
        }
    }

    /** Whether a builtin of Python 2 was used that the script never binds itself. */
    boolean usesPython2Names() {
        return !bound.containsAll(used);
    }
}
