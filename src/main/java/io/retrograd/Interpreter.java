package io.retrograd;

import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.run.Program;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs scripts inside a Java program. An interpreter has its own variables, graph, sessions, random state and streams; a
 * JVM can hold many, on as many threads.
 *
 * <pre>{@code
 * try (Interpreter nn = Interpreter.builder().limits(Limits.none().wallTime(Duration.ofSeconds(10))).build()) {
 *     nn.set("x", new float[][] {{1, 2}, {3, 4}});
 *     nn.run("import numpy as np\ny = np.matmul(x, x)");
 *     float[][] y = nn.get("y", float[][].class);
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Scripts run on a thread of the interpreter's own, whose stack is deep enough for them and which ends when it has been idle
 * for a while; the caller waits. One thread at a time may use an interpreter, but for {@link #interrupt} and {@link #close};
 * a second one gets an IllegalStateException. A Java function that a script calls may use the interpreter that called it.
 *
 * <p><b>Limits.</b> A run that comes to a limit ends with {@link LimitError}; the interpreter can be used again. A run whose time
 * is over and that does not come to a stop within a second is left to itself: then the interpreter is closed, and its
 * thread ends as soon as it can.
 */
public final class Interpreter implements AutoCloseable {
    private final Evaluator evaluator;
    private final Worker worker;
    private final Values values;
    private int entries;

    Interpreter(InterpreterBuilder b) {
        EmbeddedWorld world = new EmbeddedWorld(b);
        evaluator = Evaluator.of(world);
        Machine m = evaluator.machine();
        m.deepestRecursion(b.limits.depth());
        m.recursionLimit(b.limits.depth());
        b.limits.memory().ifPresent(m.budget()::limitMemory);
        if (b.files.isReadable()) {
            evaluator.scriptAt("", "<script>");
        }
        worker = new Worker(evaluator, world, b.limits);
        values = new Values(evaluator.machine(), worker);
    }

    /** An interpreter with nothing but the process's output streams. */
    public static Interpreter create() {
        return builder().build();
    }

    public static InterpreterBuilder builder() {
        return new InterpreterBuilder();
    }

    /**
     * Runs a script. The variables of earlier ones are there.
     *
     * @throws ScriptError what the script did not catch; {@code sys.exit} with another status than 0 is a SystemExit
     * @throws LimitError where a limit is reached
     */
    public void run(String source) {
        run(source, nextName());
    }

    /** The same; errors mention the source by that name. */
    public void run(String source, String name) {
        Objects.requireNonNull(source, "source");
        worker.run(m -> {
            Program.compile(ScriptParser.parse(new Source(name, source)), evaluator.variables(), null).run(m);
            return null;
        });
    }

    /**
     * Runs the script in a file, which the caller reads whatever the file policy says.
     *
     * @throws UncheckedIOException if it cannot be read
     */
    public void run(Path file) {
        try {
            run(Files.readString(file, StandardCharsets.UTF_8), file.toString());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    /** Runs a script and answers the value of the last expression statement that it ran, as {@link #get(String)} does; null if none. */
    public Object eval(String source) {
        return compile(source).eval();
    }

    /** The same, as {@link #get(String, Class)} does. */
    public <T> T eval(String source, Class<T> type) {
        return compile(source).eval(type);
    }

    /** Compiles a script of this interpreter, to be run many times. */
    public CompiledScript compile(String source) {
        return compile(source, nextName());
    }

    /** The same; errors mention the source by that name. */
    public CompiledScript compile(String source, String name) {
        Objects.requireNonNull(source, "source");
        return new CompiledScript(this, new Source(name, source));
    }

    private String nextName() {
        entries++;
        return entries == 1 ? "<script>" : "<script " + entries + ">";
    }

    /**
     * Sets a variable of the script.
     *
     * <p>Numbers, booleans, strings, characters and null become Python's. Arrays of numbers or booleans, nested ones too,
     * become numpy arrays of the same element type, copied; {@code byte[]} becomes bytes. Other arrays, collections, sets and maps become
     * lists, sets and dicts, copied. {@link JavaFunction}s and objects of functional interfaces become functions; a
     * {@link ScriptFunction} or {@link ScriptObject} is what it was; anything else is seen as an object with the public
     * methods and fields of its public classes.
     */
    public void set(String name, Object value) {
        evaluator.variables().set(checked(name), values.toScript(value));
    }

    /** Sets several variables. */
    public void setAll(Map<String, ?> variables) {
        variables.forEach(this::set);
    }

    /**
     * Offers a value to scripts as the builtins are offered: they see it by that name wherever they have no variable of their own
     * of it, and it is none of their variables.
     */
    public void offer(String name, Object value) {
        evaluator.variables().offer(checked(name), values.toScript(value));
    }

    /** Takes back what {@link #offer} gave. */
    public void withdraw(String name) {
        evaluator.variables().withdraw(checked(name));
    }

    /** Offers a Java function to scripts under that name. */
    public void define(String name, JavaFunction function) {
        evaluator.variables().set(checked(name), values.function(name, function));
    }

    private static String checked(String name) {
        boolean valid = !name.isEmpty() && Character.isUnicodeIdentifierStart(name.codePointAt(0)) || name.startsWith("_");
        if (!valid || !name.chars().skip(1).allMatch(c -> c == '_' || Character.isUnicodeIdentifierPart(c))) {
            throw new IllegalArgumentException("not a name: " + name);
        }
        return name;
    }

    /** Whether the script has such a variable. */
    public boolean has(String name) {
        return evaluator.variables().get(name) != null;
    }

    /** The names of the script's own variables. */
    public List<String> names() {
        List<String> own = new ArrayList<>();
        for (String name : evaluator.variables().names()) {
            if (!name.startsWith("__")) {
                own.add(name);
            }
        }
        return own;
    }

    /** Removes a variable; false if there is none. */
    public boolean remove(String name) {
        return evaluator.variables().remove(name);
    }

    /**
     * A variable of the script: null, Boolean, Long (BigInteger beyond), Double, String, {@code byte[]}; Lists for lists and tuples, Sets, Maps;
     * numpy arrays as nested Java arrays and their scalars as numbers of the same size (unsigned ones of the next size);
     * {@link ScriptFunction} for what is callable, the object itself for one that came from Java, {@link ScriptObject} for all else.
     * Everything is copied.
     *
     * @return also null if there is no such variable; see {@link #has}
     */
    public Object get(String name) {
        Object value = evaluator.variables().get(name);
        return value == null ? null : worker.run(m -> values.toJava(value));
    }

    /**
     * A variable as a certain Java class: a number, String, an array (nested to the value's number of dimensions), List, Set, Map, a functional interface for
     * what is callable, or a class of an object that came from Java.
     *
     * @throws IllegalArgumentException if it cannot be one, or there is no such variable
     */
    public <T> T get(String name, Class<T> type) {
        Object value = evaluator.variables().get(name);
        if (value == null) {
            throw new IllegalArgumentException("the script has no variable '" + name + "'");
        }
        return worker.run(m -> values.toJava(value, type));
    }

    /**
     * Something callable of the script.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public ScriptFunction function(String name) {
        Object value = evaluator.variables().get(name);
        if (value == null || !Semantics.isCallable(value)) {
            throw new IllegalArgumentException(
                    value == null ? "the script has no variable '" + name + "'" : "'" + name + "' is not callable");
        }
        return values.handle(value, name);
    }

    /**
     * Calls a function of the script.
     *
     * @param arguments converted as {@link #set} does
     * @return the result, converted as {@link #get(String)} does
     */
    public Object call(String function, Object... arguments) {
        return function(function).call(arguments);
    }

    /**
     * A method of an object as a script sees it: {@code set("x", object)}, then {@code x.method}.
     *
     * @throws NoSuchMethodException if it has none of that name
     */
    public ScriptFunction methodOf(Object object, String name) throws NoSuchMethodException {
        Object method = worker.run(m -> Semantics.attributeOrNull(m, values.toScript(object), name));
        if (method == null || !Semantics.isCallable(method)) {
            throw new NoSuchMethodException(object.getClass().getName() + " has no method '" + name + "'");
        }
        return values.handle(method, name);
    }

    /** Whether an object has such a method, as a script sees it. */
    public boolean hasMethod(Object object, String name) {
        Object method = worker.run(m -> Semantics.attributeOrNull(m, values.toScript(object), name));
        return method != null && Semantics.isCallable(method);
    }

    /**
     * A value that {@link #get(String)} answered as a certain class, where that loses nothing: a Long as an int, say.
     *
     * @throws ClassCastException if it cannot be one
     */
    public static Object fit(Object value, Class<?> type) {
        return PlainTypes.fit(value, type);
    }

    /** Stops the script that is running with KeyboardInterrupt, which it may catch. Any thread may ask; nothing happens if nothing runs. */
    public void interrupt() {
        worker.interrupt();
    }

    /** Ends what runs with a {@link LimitError}, whatever the script catches, and frees the thread. Any thread may ask. */
    @Override
    public void close() {
        worker.close();
    }

    // ---- For CompiledScript.

    Program program(Source source, Object[] last) {
        return Program.compile(ScriptParser.parse(source), evaluator.variables(), (m, value) -> last[0] = value);
    }

    Worker worker() {
        return worker;
    }

    Values values() {
        return values;
    }
}
