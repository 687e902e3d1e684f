package io.retrograd.jsr223;

import io.retrograd.Interpreter;
import io.retrograd.InterpreterBuilder;
import java.util.List;
import java.util.function.Supplier;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;

/** Makes script engines. An engine sees no files and has no limits unless its interpreters are built otherwise. */
public final class NnScriptEngineFactory implements ScriptEngineFactory {
    private static final String VERSION = "0.1.0";

    private final Supplier<InterpreterBuilder> builder;

    /** What the services file names. */
    public NnScriptEngineFactory() {
        this(Interpreter::builder);
    }

    /**
     * A factory whose engines run in interpreters of the caller's making.
     *
     * @param builder asked once for each set of bindings; its streams are replaced by those of the script context
     */
    public NnScriptEngineFactory(Supplier<InterpreterBuilder> builder) {
        this.builder = builder;
    }

    @Override
    public String getEngineName() {
        return "Retrograd";
    }

    @Override
    public String getEngineVersion() {
        return VERSION;
    }

    @Override
    public List<String> getExtensions() {
        return List.of("nn");
    }

    @Override
    public List<String> getMimeTypes() {
        return List.of("text/x-nn");
    }

    @Override
    public List<String> getNames() {
        return List.of("nn", "retrograd", "Retrograd");
    }

    @Override
    public String getLanguageName() {
        return "nn";
    }

    @Override
    public String getLanguageVersion() {
        return VERSION;
    }

    /** As the interface says. Null for {@code THREADING}: one thread at a time may use an engine. */
    @Override
    public Object getParameter(String key) {
        return switch (key) {
            case ScriptEngine.ENGINE -> getEngineName();
            case ScriptEngine.ENGINE_VERSION -> getEngineVersion();
            case ScriptEngine.LANGUAGE -> getLanguageName();
            case ScriptEngine.LANGUAGE_VERSION -> getLanguageVersion();
            case ScriptEngine.NAME -> getNames().get(0);
            default -> null;
        };
    }

    @Override
    public String getMethodCallSyntax(String object, String method, String... arguments) {
        return object + "." + method + "(" + String.join(", ", arguments) + ")";
    }

    @Override
    public String getOutputStatement(String text) {
        StringBuilder quoted = new StringBuilder("print(\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(c);
            }
        }
        return quoted.append("\")").toString();
    }

    @Override
    public String getProgram(String... statements) {
        return String.join("\n", statements) + "\n";
    }

    @Override
    public ScriptEngine getScriptEngine() {
        return new NnScriptEngine(this);
    }

    InterpreterBuilder newBuilder() {
        return builder.get();
    }
}
