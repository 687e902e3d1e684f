package io.retrograd.jsr223;

import io.retrograd.Interpreter;
import io.retrograd.ScriptError;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.script.Bindings;
import javax.script.ScriptContext;
import javax.script.ScriptException;

/** The interpreter behind a set of bindings, with streams that are those of the context in which a script runs. */
final class Session {
    /** Under which name bindings that are not the engine's own keep their session. */
    private static final String KEY = "io.retrograd.session";

    interface Work<T> {
        T run() throws ScriptException, NoSuchMethodException;
    }

    private final SwitchedWriter out = new SwitchedWriter();
    private final SwitchedWriter err = new SwitchedWriter();
    private final SwitchedInput in = new SwitchedInput();
    private final Interpreter interpreter;
    /** What the global bindings had when the script last ran. */
    private final Map<String, Object> fromGlobal = new HashMap<>();

    Session(NnScriptEngineFactory factory) {
        interpreter = factory.newBuilder().out(out).err(err).in(in).build();
    }

    /** The session of the context's engine bindings. */
    static Session of(ScriptContext context, NnScriptEngineFactory factory) {
        Bindings bindings = context.getBindings(ScriptContext.ENGINE_SCOPE);
        if (bindings instanceof NnBindings own) {
            return own.session();
        }
        if (!(bindings.get(KEY) instanceof Session kept)) {
            Session made = new Session(factory);
            bindings.put(KEY, made);
            return made;
        }
        return kept;
    }

    Interpreter interpreter() {
        return interpreter;
    }

    /** Works with the context's streams and variables. */
    <T> T within(ScriptContext context, Work<T> work) throws ScriptException {
        Writer outBefore = out.to;
        Writer errBefore = err.to;
        Reader inBefore = in.from;
        out.to = context.getWriter();
        err.to = context.getErrorWriter();
        in.from = context.getReader();
        Bindings bindings = context.getBindings(ScriptContext.ENGINE_SCOPE);
        try {
            takeGlobals(context);
            if (!(bindings instanceof NnBindings)) {
                copyIn(bindings);
            }
            return work.run();
        } catch (ScriptError e) {
            throw converted(e);
        } catch (NoSuchMethodException none) {
            throw Session.<RuntimeException>as(none);
        } finally {
            if (!(bindings instanceof NnBindings)) {
                copyOut(bindings);
            }
            out.to = outBefore;
            err.to = errBefore;
            in.from = inBefore;
        }
    }

    /** The checked exception that {@code Invocable} promises for names that are not there. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E as(Throwable t) throws E {
        throw (E) t;
    }

    private static ScriptException converted(ScriptError e) {
        String text = e.getMessage().isEmpty() ? e.kind() : e.kind() + ": " + e.getMessage();
        ScriptException thrown = e.place()
                .map(p -> new ScriptException(text, p.file(), p.line(), p.column()))
                .orElseGet(() -> new ScriptException(text));
        thrown.initCause(e);
        return thrown;
    }

    private void takeGlobals(ScriptContext context) {
        Bindings global = context.getBindings(ScriptContext.GLOBAL_SCOPE);
        if (global == null) {
            return;
        }
        fromGlobal.keySet().removeIf(name -> {
            boolean gone = !global.containsKey(name);
            if (gone) {
                interpreter.withdraw(name);
            }
            return gone;
        });
        global.forEach((name, value) -> {
            boolean known = fromGlobal.containsKey(name) && fromGlobal.get(name) == value && !mayChange(value);
            if (NnBindings.isName(name) && !known) {
                interpreter.offer(name, value);
                fromGlobal.put(name, value);
            }
        });
    }

    /** Scripts get copies of these. */
    private static boolean mayChange(Object value) {
        return value instanceof Collection<?> || value instanceof Map<?, ?> || value != null && value.getClass().isArray();
    }

    private void copyIn(Bindings bindings) {
        bindings.forEach((name, value) -> {
            if (NnBindings.isName(name)) {
                interpreter.set(name, value);
            }
        });
    }

    private void copyOut(Bindings bindings) {
        for (String name : interpreter.names()) {
            bindings.put(name, interpreter.get(name));
        }
    }

    /** Writes to what it is told. */
    private static final class SwitchedWriter extends Writer {
        private volatile Writer to = nullWriter();

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            to.write(text, from, length);
        }

        @Override
        public void flush() throws IOException {
            to.flush();
        }

        @Override
        public void close() {}
    }

    /** The characters of a reader as UTF-8. */
    private static final class SwitchedInput extends InputStream {
        private volatile Reader from = Reader.nullReader();
        private byte[] pending = {};
        private int at;

        @Override
        public int read() throws IOException {
            if (at == pending.length) {
                int c = from.read();
                if (c < 0) {
                    return -1;
                }
                String text = Character.isHighSurrogate((char) c)
                        ? new String(new char[] {(char) c, (char) from.read()})
                        : String.valueOf((char) c);
                pending = text.getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            return pending[at++] & 0xFF;
        }

        @Override
        public int available() throws IOException {
            return at < pending.length ? pending.length - at : from.ready() ? 1 : 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            // A line at the most: whoever reads a console must not wait for more than the script asked for.
            int n = 0;
            while (n < length) {
                int b = read();
                if (b < 0) {
                    break;
                }
                bytes[offset + n++] = (byte) b;
                if (b == '\n') {
                    break;
                }
            }
            return n == 0 && length > 0 ? -1 : n;
        }
    }
}
