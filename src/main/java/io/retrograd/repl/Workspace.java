package io.retrograd.repl;

import io.retrograd.Evaluator;
import io.retrograd.error.NnError;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Statement;
import io.retrograd.limit.LimitExceeded;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The session's interpreter and what was entered so far; runs entries and takes them back. */
final class Workspace {
    /** How many entries can be taken back. */
    private static final int MOST_UNDOS = 200;

    /** An entry that ran to its end. */
    private record Done(String text, Snapshot before) {}

    private final Evaluator interpreter;
    private final SessionWorld world;
    private final Settings settings;
    private final String script;
    private final Deque<Done> done = new ArrayDeque<>();
    private final StringBuilder forgotten = new StringBuilder();
    private Snapshot start;
    private Progress progress;
    private int number = 1;
    private volatile Evaluator running;
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

    /** Says what is wrong with a command. */
    void complain(String message) {
        world.err().write(message + "\n");
    }

    /** Runs an entry as {@code In [n]}. */
    void enter(String text) {
        run(new Source("In [" + number + "]", text), true);
        number++;
    }

    /** Runs a text; if it succeeds it becomes part of the session. Errors are shown. */
    void run(Source source, boolean shows) {
        Snapshot before = Snapshot.of(interpreter);
        if (start == null) {
            start = before;
        }
        machine().place(Place.NOWHERE);
        Runnable cell = () -> {
            try {
                Object value = interpreter.runCell(source);
                done.push(new Done(source.text(), before));
                if (done.size() > MOST_UNDOS) {
                    forgotten.append(withLineEnd(done.removeLast().text()));
                }
                if (shows && value != None.NONE) {
                    ValueDisplay.show(this, value);
                    interpreter.variables().set("_", value);
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
                + (dropped == 0 ? "" : "  (" + dropped + (dropped == 1 ? " operation" : " operations") + " dropped)");
    }

    /** As it was at the start. */
    void reset() {
        if (start != null) {
            start.restoreNames(interpreter);
        }
        done.clear();
        forgotten.setLength(0);
        guarded(() -> io.retrograd.lib.tf.TfState.of(machine()).resetDefaultGraph());
    }

    /** The entries that succeeded, oldest first, as a script. */
    String script() {
        StringBuilder all = new StringBuilder(withLineEnd(script)).append(forgotten);
        done.descendingIterator().forEachRemaining(each -> all.append(withLineEnd(each.text())));
        return all.toString();
    }

    private static String withLineEnd(String text) {
        String plain = text.stripTrailing();
        return plain.isEmpty() ? "" : plain + "\n";
    }

}
