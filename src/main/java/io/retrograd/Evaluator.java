package io.retrograd;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.diagnose.ErrorText;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.run.DisplayHook;
import io.retrograd.lang.run.ErrorReports;
import io.retrograd.lang.run.ModuleLoader;
import io.retrograd.lang.run.ModuleScope;
import io.retrograd.lang.run.Program;
import io.retrograd.lang.run.ScriptModule;
import io.retrograd.lang.run.ScriptReader;
import io.retrograd.lang.tree.Features;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Statement;
import io.retrograd.lang.value.Library;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.world.World;
import io.retrograd.lib.StandardLibrary;
import io.retrograd.limit.LimitExceeded;
import java.util.List;

/**
 * Runs scripts in a world that the caller makes, on the caller's thread: what the command, the session and
 * the embedding API are made of. It has its own variables, graph, sessions, random state and streams.
 *
 * <p>One thread at a time may use it, except for {@link #interrupt}. A script may nest deep, so the thread should have a
 * large stack: {@link #STACK_SIZE} is enough for whatever the recursion limit allows.
 */
public final class Evaluator {
    /** Bytes of stack (virtual until used) that deep recursion and deep expressions may need. */
    public static final long STACK_SIZE = 512L << 20;

    private final Machine machine;
    private final ModuleScope main = new ModuleScope("__main__");

    private Evaluator(World world, Library library) {
        this.machine = new Machine(world, library);
        machine.modules().put("__main__", new ScriptModule(main));
        ModuleLoader.of(machine).reader(new ScriptReader() {
            @Override
            public Script read(Source source) {
                return ScriptParser.parse(source);
            }
        });
    }

    /** An interpreter for that world, with all libraries. */
    public static Evaluator of(World world) {
        return new Evaluator(world, new StandardLibrary());
    }

    /** An interpreter with libraries of the caller's choice. */
    public static Evaluator of(World world, Library library) {
        return new Evaluator(world, library);
    }

    /** The running interpreter as libraries see it. */
    public Machine machine() {
        return machine;
    }

    /** The script's variables. */
    public ModuleScope variables() {
        return main;
    }

    /**
     * Says where the script lies: its folder is the first in which its imports are looked up, and {@code __file__} is
     * set.
     *
     * @param folder empty for the working folder
     */
    public void scriptAt(String folder, String file) {
        ModuleLoader.of(machine).addFolder(folder);
        main.set("__file__", file);
    }

    /**
     * Runs a script, or a further entry of a session: the variables of earlier ones are there.
     *
     * @throws NnError what no script caught, among them SyntaxError, KeyboardInterrupt and SystemExit
     * @throws LimitExceeded where a limit of the machine is reached
     */
    public void run(Source source) {
        run(source, null);
    }

    /** The same; the hook gets the value of each expression statement of the script itself. */
    public void run(Source source, DisplayHook hook) {
        run(Program.compile(ScriptParser.parse(source), main, hook));
    }

    /** Runs what was compiled for this interpreter's variables; long computations in it ask whether to stop. */
    public void run(Program program) {
        StopCheck.during(machine::checkInterrupt, () -> {
            program.run(machine);
            return null;
        });
    }

    /**
     * Runs a script and answers the value of its last statement where that is an expression, else None: what a
     * notebook shows below a cell.
     */
    public Object runCell(Source source) {
        return runCell(source, Features.NONE);
    }

    /** As {@link #runCell(Source)}, for a cell of whose Python something is known already. */
    public Object runCell(Source source, Features known) {
        Script script = ScriptParser.parse(source, known);
        List<Statement> body = script.body();
        Object[] last = {None.NONE};
        int n = body.size();
        if (n > 0 && body.get(n - 1) instanceof Statement.ExprStatement) {
            run(Program.compile(script.withBody(body.subList(0, n - 1)), main, null));
            run(Program.compile(script.withBody(body.subList(n - 1, n)), main, (m, value) -> last[0] = value));
        } else {
            run(Program.compile(script, main, null));
        }
        return last[0];
    }

    /** The value of the last expression statement, or None. */
    public Object eval(String text) {
        Object[] last = {None.NONE};
        run(new Source("<string>", text), (m, value) -> last[0] = value);
        return last[0];
    }

    /** Stops the script with KeyboardInterrupt at its next step; any thread may ask. */
    public void interrupt() {
        machine.interrupt();
    }

    /** What to show of an error that {@link #run} threw: kind and message, place, operands, help and calls. */
    public String render(NnError error, boolean colours) {
        return ErrorText.of(ErrorReports.of(machine, error), colours);
    }

    /** Whether the error is the script's own wish to end, as {@code sys.exit} makes it. */
    public static boolean isExit(NnError error) {
        return error.kind() == ErrorKind.SYSTEM_EXIT;
    }

    /**
     * The exit status that {@code sys.exit} asks for: None gives 0, an int itself, anything else 1 after its text went
     * to the error stream.
     */
    public int exitStatus(NnError exit) {
        Object code = exit instanceof ScriptException s && s.value().arguments().size() > 0
                ? s.value().arguments().get(0)
                : None.NONE;
        if (code == None.NONE) {
            return 0;
        }
        if (code instanceof Long l) {
            return (int) (l & 0xFF);
        }
        if (code instanceof Boolean b) {
            return b ? 1 : 0;
        }
        machine.world().err().write(Semantics.str(machine, code) + "\n");
        return 1;
    }
}
