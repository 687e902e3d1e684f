package example;

import io.retrograd.CompiledScript;
import io.retrograd.Interpreter;
import io.retrograd.LimitError;
import io.retrograd.Limits;
import io.retrograd.ScriptError;
import io.retrograd.ScriptFunction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.script.Invocable;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineManager;

/** What a Java program can do with scripts, one after the other. */
public final class Embed {
    private Embed() {}

    public static void main(String[] arguments) throws Exception {
        trainsANetwork();
        runsOneScriptManyTimes();
        offersJavaToScripts();
        showsErrors();
        setsLimits();
        usesTheScriptEngine();
    }

    /** Data goes in as Java arrays, the trained weights come out. */
    private static void trainsANetwork() {
        try (Interpreter nn = Interpreter.builder().seed(1).build()) {
            nn.set("X", new float[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
            nn.set("Y", new float[][] {{0}, {1}, {1}, {2}});
            nn.run("""
                    import tensorflow as tf
                    x = tf.placeholder(tf.float32, [None, 2])
                    y_ = tf.placeholder(tf.float32, [None, 1])
                    w = tf.Variable(tf.zeros([2, 1]))
                    loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - y_))
                    step = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
                    with tf.Session() as sess:
                        sess.run(tf.global_variables_initializer())
                        for i in range(100):
                            sess.run(step, {x: X, y_: Y})
                        weights = sess.run(w)
                    """);
            float[][] weights = nn.get("weights", float[][].class);
            System.out.printf(java.util.Locale.ROOT, "weights %.3f %.3f%n", weights[0][0], weights[1][0]);
        }
    }

    /** A script is compiled once; its variables stay from run to run. */
    private static void runsOneScriptManyTimes() {
        try (Interpreter nn = Interpreter.create()) {
            CompiledScript square = nn.compile("n ** 2");
            long sum = 0;
            for (int i = 1; i <= 100; i++) {
                nn.set("n", i);
                sum += square.eval(Long.class);
            }
            System.out.println("sum of squares " + sum);
        }
    }

    /** Functions and objects of Java in a script, and a function of the script in Java. */
    private static void offersJavaToScripts() {
        try (Interpreter nn = Interpreter.create()) {
            nn.define("area", a -> ((Number) a[0]).doubleValue() * ((Number) a[1]).doubleValue());
            nn.set("names", List.of("a", "b"));
            nn.set("log", new StringBuilder("log:"));
            nn.run("""
                    log.append(' ' + ','.join(names))
                    def half(width, height=2):
                        return area(width, height) / 2
                    """);
            ScriptFunction half = nn.function("half");
            System.out.println("half " + half.call(double.class, 5, 3) + ", " + half.call(5) + ", " + nn.get("log"));
        }
    }

    /** An error has a kind, a message, a place, and the text that the command would show. */
    private static void showsErrors() {
        try (Interpreter nn = Interpreter.create()) {
            nn.run("""
                    a = zeros([2, 3])
                    b = matmul(a, a)
                    """, "shapes.nn");
        } catch (ScriptError e) {
            System.out.println(e.kind() + " at line " + e.place().orElseThrow().line());
            System.out.print(e.rendered());
        }
    }

    /** A script that does not end. */
    private static void setsLimits() {
        Limits limits = Limits.none().wallTime(Duration.ofMillis(200)).memory(256 << 20).output(10_000);
        try (Interpreter nn = Interpreter.builder().limits(limits).build()) {
            nn.run("while True: pass");
        } catch (LimitError e) {
            System.out.println(e.limit() + ": " + e.getMessage());
        }
    }

    /** The JDK's own interface to scripts. */
    private static void usesTheScriptEngine() throws Exception {
        ScriptEngine engine = new ScriptEngineManager().getEngineByName("nn");
        engine.put("scale", 10);
        engine.eval("def scaled(x): return {'x': x * scale}");
        Map<?, ?> scaled = (Map<?, ?>) ((Invocable) engine).invokeFunction("scaled", 4.2);
        System.out.println("scaled " + scaled);
    }
}
