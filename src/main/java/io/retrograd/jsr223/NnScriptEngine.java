package io.retrograd.jsr223;

import io.retrograd.CompiledScript;
import io.retrograd.Interpreter;
import io.retrograd.ScriptFunction;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Objects;
import javax.script.AbstractScriptEngine;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptException;

/**
 * The engine. Each set of bindings has an interpreter behind it, so that scripts in different bindings share nothing.
 * Bindings of the engine's own are the interpreter's variables themselves; into those of other classes what a script binds is copied.
 */
final class NnScriptEngine extends AbstractScriptEngine implements Compilable, Invocable {
    private final NnScriptEngineFactory factory;

    NnScriptEngine(NnScriptEngineFactory factory) {
        this.factory = factory;
        context.setBindings(createBindings(), ScriptContext.ENGINE_SCOPE);
    }

    @Override
    public Bindings createBindings() {
        return new NnBindings(new Session(factory));
    }

    @Override
    public ScriptEngineFactory getFactory() {
        return factory;
    }

    @Override
    public Object eval(String script, ScriptContext in) throws ScriptException {
        Objects.requireNonNull(script, "script");
        Session session = Session.of(in, factory);
        return session.within(in, () -> session.interpreter().compile(script, name(in)).eval());
    }

    @Override
    public Object eval(Reader script, ScriptContext in) throws ScriptException {
        return eval(text(script), in);
    }

    private static String name(ScriptContext in) {
        return in.getAttribute(ScriptEngine.FILENAME) instanceof String name ? name : "<script>";
    }

    private static String text(Reader script) throws ScriptException {
        Objects.requireNonNull(script, "script");
        try {
            StringWriter all = new StringWriter();
            script.transferTo(all);
            return all.toString();
        } catch (IOException unreadable) {
            throw new ScriptException(unreadable);
        }
    }

    @Override
    public javax.script.CompiledScript compile(String script) throws ScriptException {
        Objects.requireNonNull(script, "script");
        Session session = Session.of(context, factory);
        String name = name(context);
        CompiledScript compiled = session.within(context, () -> session.interpreter().compile(script, name));
        return new javax.script.CompiledScript() {
            @Override
            public Object eval(ScriptContext in) throws ScriptException {
                Session here = Session.of(in, factory);
                // Compiled for the bindings that were the engine's; for other ones again.
                return here == session
                        ? here.within(in, compiled::eval)
                        : here.within(in, () -> here.interpreter().compile(script, name).eval());
            }

            @Override
            public ScriptEngine getEngine() {
                return NnScriptEngine.this;
            }
        };
    }

    @Override
    public javax.script.CompiledScript compile(Reader script) throws ScriptException {
        return compile(text(script));
    }

    @Override
    public Object invokeFunction(String name, Object... arguments) throws ScriptException, NoSuchMethodException {
        Objects.requireNonNull(name, "name");
        Session session = Session.of(context, factory);
        return session.within(context, () -> function(session.interpreter(), name).call(arguments));
    }

    private static ScriptFunction function(Interpreter interpreter, String name) throws NoSuchMethodException {
        try {
            return interpreter.function(name);
        } catch (IllegalArgumentException none) {
            throw new NoSuchMethodException(none.getMessage());
        }
    }

    @Override
    public Object invokeMethod(Object self, String name, Object... arguments) throws ScriptException, NoSuchMethodException {
        Objects.requireNonNull(name, "name");
        if (self == null) {
            throw new IllegalArgumentException("no object to call " + name + " of");
        }
        Session session = Session.of(context, factory);
        return session.within(context, () -> session.interpreter().methodOf(self, name).call(arguments));
    }

    @Override
    public <T> T getInterface(Class<T> type) {
        Session session = Session.of(context, factory);
        return implementing(type, (name, arguments) -> session.within(context, () -> function(session.interpreter(), name).call(arguments)),
                name -> session.interpreter().has(name));
    }

    @Override
    public <T> T getInterface(Object self, Class<T> type) {
        if (self == null) {
            throw new IllegalArgumentException("no object to call methods of");
        }
        Session session = Session.of(context, factory);
        return implementing(type, (name, arguments) -> invokeMethod(self, name, arguments),
                name -> session.interpreter().hasMethod(self, name));
    }

    private interface Call {
        Object run(String name, Object[] arguments) throws ScriptException, NoSuchMethodException;
    }

    private interface Known {
        boolean is(String name);
    }

    /** An object of an interface whose methods call the script; null if the script lacks one of them. */
    private static <T> T implementing(Class<T> type, Call call, Known known) {
        if (type == null || !type.isInterface()) {
            throw new IllegalArgumentException("not an interface: " + type);
        }
        for (var method : type.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers()) && !isObjects(method) && !known.is(method.getName())) {
                return null;
            }
        }
        InvocationHandler handler = (self, method, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> type.getSimpleName() + " of a script";
                };
            }
            if (method.isDefault() && !known.is(method.getName())) {
                return InvocationHandler.invokeDefault(self, method, arguments);
            }
            return Interpreter.fit(call.run(method.getName(), arguments), method.getReturnType());
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static boolean isObjects(Method m) {
        try {
            Object.class.getMethod(m.getName(), m.getParameterTypes());
            return true;
        } catch (NoSuchMethodException own) {
            return false;
        }
    }
}
