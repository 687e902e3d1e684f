package io.retrograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.jsr223.NnScriptEngineFactory;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;
import javax.script.ScriptException;
import javax.script.SimpleBindings;
import javax.script.SimpleScriptContext;
import org.junit.jupiter.api.Test;

/** The engine as a host of the JDK's script API sees it. */
class ScriptEngineTest {
    private final ScriptEngineManager manager = new ScriptEngineManager();
    private final ScriptEngine engine = manager.getEngineByName("nn");

    @Test
    void isFoundByNameExtensionAndType() {
        assertEquals("Retrograd", engine.getFactory().getEngineName());
        assertEquals("Retrograd", manager.getEngineByExtension("nn").getFactory().getEngineName());
        assertEquals("Retrograd", manager.getEngineByMimeType("text/x-nn").getFactory().getEngineName());
        assertEquals("nn", engine.getFactory().getParameter(ScriptEngine.NAME));
        assertNull(engine.getFactory().getParameter("THREADING"));
    }

    @Test
    void factoryWritesPrograms() throws ScriptException {
        StringWriter out = new StringWriter();
        engine.getContext().setWriter(out);
        var factory = engine.getFactory();
        engine.eval(factory.getProgram(factory.getOutputStatement("a \"b\"\n\\"), "x = 'y'", factory.getOutputStatement("c")));
        assertEquals("a \"b\"\n\\\nc\n", out.toString());
        assertEquals("X", engine.eval(factory.getMethodCallSyntax("'x'", "upper")));
    }

    @Test
    void bindingsAreVariables() throws ScriptException {
        engine.put("x", new double[] {1, 2});
        assertEquals(3.0, engine.eval("x.sum()"));
        engine.eval("y = {'a': [1]}");
        assertEquals(Map.of("a", List.of(1L)), engine.get("y"));
        Bindings own = engine.getBindings(ScriptContext.ENGINE_SCOPE);
        assertTrue(own.containsKey("y"));
        assertTrue(own.keySet().containsAll(List.of("x", "y")));
        own.remove("y");
        assertEquals("NameError: name 'y' is not defined in <script> at line number 1 at column number 1",
                assertThrows(ScriptException.class, () -> engine.eval("y")).getMessage());
    }

    @Test
    void evalAnswersTheLastExpression() throws ScriptException {
        assertEquals(3L, engine.eval("1 + 2"));
        assertNull(engine.eval("z = 1"));
        assertEquals(1L, engine.eval(new StringReader("z")));
    }

    @Test
    void bindingsShareNothing() throws ScriptException {
        engine.put("n", 1);
        Bindings created = engine.createBindings();
        created.put("n", 2);
        Bindings simple = new SimpleBindings();
        simple.put("n", 3);
        assertEquals(1L, engine.eval("m = n\nm"));
        assertEquals(2L, engine.eval("m = n\nm", created));
        assertEquals(3L, engine.eval("m = n\nm", simple));
        assertEquals(1L, engine.get("m"));
        assertEquals(2L, created.get("m"));
        assertEquals(3L, simple.get("m"));
    }

    @Test
    void globalBindingsAreSeen() throws ScriptException {
        manager.put("g", 5);
        assertEquals(5L, engine.eval("g"));
        manager.put("g", 6);
        assertEquals(6L, engine.eval("g"));
        assertFalse(engine.getBindings(ScriptContext.ENGINE_SCOPE).containsKey("g"));
        assertEquals(6, engine.getContext().getAttribute("g"));
        engine.put("g", 7);
        assertEquals(7L, engine.eval("g"));
        engine.getBindings(ScriptContext.ENGINE_SCOPE).remove("g");
        manager.getBindings().remove("g");
        assertThrows(ScriptException.class, () -> engine.eval("g"));
    }

    @Test
    void contextsHaveStreams() throws ScriptException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        SimpleScriptContext context = new SimpleScriptContext();
        context.setBindings(engine.createBindings(), ScriptContext.ENGINE_SCOPE);
        context.setWriter(out);
        context.setErrorWriter(err);
        context.setReader(new StringReader("你\nb\n"));
        engine.eval("import sys\nprint(input() + input())\nsys.stderr.write('e')", context);
        assertEquals("你b\n", out.toString());
        assertEquals("e", err.toString());
    }

    @Test
    void compiledScriptsRunInAnyBindings() throws ScriptException {
        CompiledScript script = ((Compilable) engine).compile("n = n + 1\nn");
        engine.put("n", 0);
        assertEquals(1L, script.eval());
        assertEquals(2L, script.eval());
        Bindings other = new SimpleBindings();
        other.put("n", 10);
        assertEquals(11L, script.eval(other));
        assertEquals(2L, engine.get("n"));
        assertEquals(engine, script.getEngine());
        assertThrows(ScriptException.class, () -> ((Compilable) engine).compile("x ="));
    }

    public interface Shape {
        double area();

        default String describe() {
            return "area " + area();
        }
    }

    @Test
    void functionsAndMethodsAreInvoked() throws Exception {
        Invocable invocable = (Invocable) engine;
        engine.eval("""
                def add(a, b): return a + b
                class Square:
                    def __init__(self, side): self.side = side
                    def area(self): return self.side ** 2
                square = Square(3)
                def area(): return 7
                def fail(): raise ValueError('why')
                """);
        assertEquals(5L, invocable.invokeFunction("add", 2, 3));
        Object square = engine.get("square");
        assertEquals(9L, invocable.invokeMethod(square, "area"));
        assertEquals("area 9.0", invocable.getInterface(square, Shape.class).describe());
        assertEquals(7.0, invocable.getInterface(Shape.class).area());
        assertNull(invocable.getInterface(Comparator.class));
        assertThrows(NoSuchMethodException.class, () -> invocable.invokeFunction("nothing"));
        assertThrows(NoSuchMethodException.class, () -> invocable.invokeMethod(square, "nothing"));
        assertThrows(IllegalArgumentException.class, () -> invocable.invokeMethod(null, "area"));
        assertEquals("ABC", invocable.invokeMethod("abc", "upper"));
        ScriptException e = assertThrows(ScriptException.class, () -> invocable.invokeFunction("fail"));
        assertTrue(e.getMessage().startsWith("ValueError: why"), e.getMessage());
        assertEquals(7, e.getLineNumber());
    }

    @Test
    void errorsHavePlaces() {
        engine.put(ScriptEngine.FILENAME, "job.nn");
        ScriptException e = assertThrows(ScriptException.class, () -> engine.eval("a = 1\nb = a / 0"));
        assertEquals("job.nn", e.getFileName());
        assertEquals(2, e.getLineNumber());
        assertEquals(5, e.getColumnNumber());
        assertEquals("ZeroDivisionError", ((ScriptError) e.getCause()).kind());
    }

    @Test
    void engineSeesNoFilesUnlessTheFactoryGivesThem() {
        ScriptException e = assertThrows(ScriptException.class, () -> engine.eval("open('pom.xml')"));
        assertEquals("PermissionError", ((ScriptError) e.getCause()).kind());
        ScriptEngine limited = new NnScriptEngineFactory(() -> Interpreter.builder().limits(Limits.none().wallTime(Duration.ofMillis(50))))
                .getScriptEngine();
        ScriptException over = assertThrows(ScriptException.class, () -> limited.eval("while True: pass"));
        assertTrue(over.getCause() instanceof LimitError);
    }

    @Test
    void networksTrain() throws ScriptException {
        Object r = engine.eval("import tensorflow as tf\nwith tf.Session() as s:\n    r = s.run(tf.matmul([[1., 2.]], [[3.], [4.]]))\nr");
        assertArrayEquals(new float[][] {{11}}, (float[][]) r);
        assertFalse(engine.getBindings(ScriptContext.ENGINE_SCOPE).isEmpty());
    }
}
