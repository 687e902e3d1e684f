package io.retrograd.repl;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Statement;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import io.retrograd.lib.tf.SessionAtHand;
import io.retrograd.lib.tf.TfState;
import io.retrograd.limit.LimitExceeded;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** The session's interpreter and what was entered so far; runs entries and takes them back. */
final class Workspace {
    static final String SESSION = "sess";

    /** What makes a script use a session that it does not make. */
    private static final Pattern USES_SESSION = Pattern.compile("\\bsess\\b|\\.(eval|run)\\(");

    private static final Pattern MAKES_SESSION = Pattern.compile("\\bsess\\s*=|\\bas\\s+sess\\b|InteractiveSession|as_default");

    /** How many entries can be taken back. */
    private static final int MOST_UNDOS = 200;

    /** An assignment to a part of something, or a method called for its effect. */
    private static final Pattern CHANGES = Pattern.compile(
            "(?m)[\\])\\w]\\]\\s*([-+*/%|&^]|//|\\*\\*)?=[^=]|\\w\\.\\w+\\s*([-+*/]|//)?=[^=]|[-+*/]=|\\.(append|extend|insert|pop|remove|sort|reverse|update|clear|add|shuffle|fill|seed)\\(|^\\s*del ");

    private static final Pattern WRITES = Pattern.compile("\\b(print|open|write|save|savefig|savetxt|FileWriter)\\b");

    /** An entry that ran to its end. */
    private record Done(String text, Snapshot before, boolean ranSessions) {}

    private final Evaluator interpreter;
    private final SessionWorld world;
    private final Settings settings;
    private final String script;
    private final Deque<Done> done = new ArrayDeque<>();
    private final StringBuilder forgotten = new StringBuilder();
    private Snapshot start;
    private Progress progress;
    private final List<String> entered = new ArrayList<>();
    private int number = 1;
    private volatile Evaluator running;
    private Object session;
    private boolean left;
    private int status;

    Workspace(Evaluator interpreter, SessionWorld world, Settings settings, String script) {
        this.interpreter = interpreter;
        this.running = interpreter;
        this.world = world;
        this.settings = settings;
        this.script = script;
    }

    Evaluator interpreter() {
        return interpreter;
    }

    Machine machine() {
        return interpreter.machine();
    }

    SessionWorld world() {
        return world;
    }

    Settings settings() {
        return settings;
    }

    boolean colours() {
        return settings.isOn(Settings.COLOURS);
    }

    /** The number of the entry that is typed next. */
    int number() {
        return number;
    }

    /** Whether the session is over. */
    boolean isLeft() {
        return left;
    }

    void leave() {
        left = true;
    }

    int status() {
        return status;
    }

    void print(String text) {
        world.out().write(text);
    }

    void progress(Progress watcher) {
        progress = watcher;
    }

    Progress progress() {
        return progress;
    }

    /** All that was entered, errors too, oldest first. */
    List<String> entered() {
        return List.copyOf(entered);
    }

    /** Says what is wrong with a command. */
    void complain(String message) {
        world.err().write(message + "\n");
    }

    /** {@code sess} is the session at hand until the user makes something else of the name. */
    void bindSession() {
        Object now = SessionAtHand.makeDefault(machine());
        Object bound = interpreter.variables().get(SESSION);
        if (bound == null || bound == session) {
            interpreter.variables().set(SESSION, now);
            session = now;
        }
    }

    /** Whether a name is bound by the session alone. */
    boolean isOwn(String name) {
        return Variables.isOwn(name) || name.equals(SESSION) && interpreter.variables().get(name) == session;
    }

    /** The value of an expression that a command was given. */
    Object evaluate(String expression) {
        Object[] found = {None.NONE};
        interpreter.run(new Source("In [" + number + "]", expression), (m, value) -> found[0] = value);
        return found[0];
    }

    boolean isBound(String name) {
        return interpreter.variables().get(name) != null;
    }

    /** Runs an entry as {@code In [n]}. A semicolon at its end keeps its value from being shown. */
    void enter(String text) {
        entered.add(text);
        run(new Source("In [" + number + "]", text), !text.stripTrailing().endsWith(";"));
        Habits.hint(text).filter(advice -> !isBound(text.strip())).ifPresent(advice -> complain("   = here: " + advice));
        number++;
    }

    /** The last three values, and each under its entry's number, as IPython keeps them. */
    private void remember(Object value) {
        var names = interpreter.variables();
        for (String[] older : new String[][] {{"___", "__"}, {"__", "_"}}) {
            Object before = names.get(older[1]);
            if (before != null) {
                names.set(older[0], before);
            }
        }
        names.set("_", value);
        names.set("_" + number, value);
    }

    /** Runs a text; if it succeeds it becomes part of the session. Errors are shown. */
    void run(Source source, boolean shows) {
        bindSession();
        Snapshot before = Snapshot.of(interpreter);
        if (start == null) {
            start = before;
        }
        machine().place(Place.NOWHERE);
        Runnable cell = () -> {
            try {
                Object value = interpreter.runCell(source);
                done.push(new Done(source.text(), before, progress.runs() > 0));
                if (done.size() > MOST_UNDOS) {
                    forgotten.append(withLineEnd(done.removeLast().text()));
                }
                if (value != None.NONE) {
                    remember(value);
                    if (shows) {
                        ValueDisplay.show(this, value);
                    }
                }
            } catch (NnError error) {
                if (isOneSimpleStatement(source) && before.hasSameNames(interpreter)) {
                    // Nothing can name what it made before it failed; as if it had not been typed.
                    before.rollBackGraph();
                }
                throw error;
            }
        };
        guarded(() -> progress.watch(source, cell));
    }

    /** Runs a script in an interpreter of its own; Ctrl-C reaches it through the session's. */
    void runAlone(Source source) {
        Evaluator other = Evaluator.of(world);
        int slash = source.name().lastIndexOf('/');
        other.scriptAt(slash < 0 ? "" : source.name().substring(0, slash), source.name());
        running = other;
        try {
            other.run(source);
        } catch (NnError error) {
            finishLine();
            if (!Evaluator.isExit(error)) {
                world.err().write(other.render(error, colours()));
            }
        } catch (LimitExceeded | StackOverflowError | OutOfMemoryError limit) {
            world.err().write(limit + "\n");
        } finally {
            running = interpreter;
        }
    }

    /** Stops what runs now; any thread may ask. */
    void interrupt() {
        running.interrupt();
    }

    /** Does something with the interpreter; shows how it failed, if it did. */
    void guarded(Runnable work) {
        try {
            work.run();
        } catch (NnError error) {
            if (Evaluator.isExit(error)) {
                status = interpreter.exitStatus(error);
                left = true;
                return;
            }
            finishLine();
            world.err().write(interpreter.render(error, colours()));
        } catch (LimitExceeded limit) {
            world.err().write("nn: " + limit.getMessage() + "\n");
        } catch (StackOverflowError deep) {
            world.err().write("RecursionError: maximum recursion depth exceeded\n");
        } catch (OutOfMemoryError large) {
            world.err().write("MemoryError: there is not enough memory for that\n");
        } catch (RuntimeException | LinkageError | AssertionError fault) {
            finishLine();
            world.err().write("internal fault: " + fault.getClass().getSimpleName()
                    + (fault.getMessage() == null ? "" : ": " + fault.getMessage())
                    + "\n   = this is a mistake in Retrograd; the session goes on\n");
        }
    }

    /** Ends a line that a script left unfinished. */
    void finishLine() {
        if (!world.screen().pending().isEmpty()) {
            world.out().write("\n");
        }
        world.out().flush();
    }

    private static boolean isOneSimpleStatement(Source source) {
        try {
            List<Statement> body = ScriptParser.parse(source).body();
            return body.size() == 1
                    && (body.get(0) instanceof Statement.ExprStatement || body.get(0) instanceof Statement.Assign);
        } catch (NnError wrong) {
            return false;
        }
    }

    /** Takes the last entry back: its names and its operations; answers what was done, or an empty text if there is none. */
    String undo() {
        Done last = done.poll();
        if (last == null) {
            return "";
        }
        int dropped = last.before().rollBackGraph();
        last.before().restoreNames(interpreter);
        String line = last.text().strip().lines().findFirst().orElse("");
        return "undone: " + line + (last.text().strip().indexOf('\n') >= 0 ? " ..." : "")
                + (dropped == 0 ? "" : "  (" + dropped + (dropped == 1 ? " operation" : " operations") + " dropped)")
                + kept(last);
    }

    /** What an entry may have done that cannot be taken back; empty if it did nothing but bind names and build the graph. */
    private static String kept(Done last) {
        List<String> kept = new ArrayList<>();
        if (last.ranSessions()) {
            kept.add("what it ran: variables keep their values, random sequences their place");
        }
        if (CHANGES.matcher(last.text()).find()) {
            kept.add("changes inside lists, arrays and objects");
        }
        if (WRITES.matcher(last.text()).find()) {
            kept.add("what it printed or wrote");
        }
        return kept.isEmpty() ? "" : "\n  stays: " + String.join("; ", kept);
    }

    /** As it was at the start. */
    void reset() {
        if (start != null) {
            start.restoreNames(interpreter);
        }
        done.clear();
        forgotten.setLength(0);
        guarded(() -> TfState.of(machine()).resetDefaultGraph());
    }

    /** The entries that succeeded, oldest first, as a script. */
    String script() {
        StringBuilder all = new StringBuilder(withLineEnd(script)).append(forgotten);
        done.descendingIterator().forEachRemaining(each -> all.append(withLineEnd(each.text())));
        boolean lacks = USES_SESSION.matcher(all).find() && !MAKES_SESSION.matcher(all).find();
        return lacks ? SESSION + " = InteractiveSession()\n" + all : all.toString();
    }

    private static String withLineEnd(String text) {
        String plain = text.stripTrailing();
        return plain.isEmpty() ? "" : plain + "\n";
    }

}
