package io.retrograd.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.Evaluator;
import io.retrograd.graph.Graph;
import io.retrograd.lang.tree.Source;
import io.retrograd.lib.tf.TfState;
import io.retrograd.session.RunObserver;
import io.retrograd.testing.Json;
import io.retrograd.testing.ScriptRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loss over the steps, the trace of runs, pictures of graphs. */
class WatchersTest {
    private static final String TRAINING = """
            import tensorflow as tf
            w = tf.Variable(5.0)
            loss = w * w
            train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
            s = tf.Session()
            s.run(tf.global_variables_initializer())
            for i in range(60):
                s.run(train)
            print(s.run([w, loss]))
            """;

    private static String deep(int layers) {
        return """
                import tensorflow as tf
                w = tf.Variable(tf.ones([2, 2]) * 0.4)
                h = tf.ones([1, 2])
                for i in range(%d):
                    h = tf.tanh(tf.matmul(h, w))
                """.formatted(layers);
    }

    private static Evaluator ran(String script, RunObserver observer, ScriptRun world) {
        Evaluator interpreter = Evaluator.of(world.machine().world());
        TfState.of(interpreter.machine()).runObserver(observer);
        interpreter.run(new Source("test.nn", script));
        return interpreter;
    }

    @Test
    void theLossOfEveryStepIsRecordedAndNothingElseChanges() {
        ScriptRun plain = new ScriptRun();
        plain.run(TRAINING);
        ScriptRun watched = new ScriptRun();
        LossRecorder recorder = LossRecorder.ofEveryStep(null);
        Evaluator interpreter = ran(TRAINING, recorder, watched);
        assertEquals(plain.printed(), watched.printed());
        Map<String, LossRecorder.Course> courses = recorder.courses(Names.of(interpreter.variables()));
        List<double[]> points = courses.get("loss").points();
        assertEquals(60, points.size());
        double w = 5;
        for (double[] p : points) {
            assertEquals(w * w, p[1], 1e-5 * w * w);
            w *= 0.8;
        }
        byte[] png = LossFigure.of(courses, "loss.png", "test.nn", Messages.of(Locale.CHINESE));
        assertEquals("PNG", new String(png, 1, 3, StandardCharsets.US_ASCII));
    }

    @Test
    void longCoursesAreThinnedOut() {
        LossRecorder recorder = LossRecorder.ofEveryStep(null);
        Evaluator interpreter = ran(TRAINING.replace("range(60)", "range(5000)"), recorder, new ScriptRun());
        List<double[]> points = recorder.courses(Names.of(interpreter.variables())).get("loss").points();
        assertTrue(points.size() > 2000 && points.size() <= 4096);
        assertEquals(3, points.get(1)[0]);
    }

    @Test
    void sparklinesFollowTheNumbers() {
        Sparkline line = new Sparkline();
        for (int i = 0; i < 8; i++) {
            line.add(i);
        }
        assertEquals("▁▂▃▄▅▆▇█", line.text());
        Sparkline falling = new Sparkline();
        for (double v : new double[] {Double.NaN, 1000, 100, 10, 1, Double.NaN}) {
            falling.add(v);
        }
        assertEquals("█▆▃▁?", falling.text());
    }

    @Test
    @SuppressWarnings("unchecked")
    void traceTellsThePlanAndTheLines() {
        Evaluator interpreter = Evaluator.of(new ScriptRun().machine().world());
        Trace trace = Trace.of(interpreter, () -> interpreter.run(new Source("test.nn", TRAINING)));
        String text = trace.text(Messages.of(Locale.ENGLISH), false);
        assertTrue(text.contains("60 times") && text.contains("plan: ") && text.contains("line 4: train = "), text);
        Map<String, Object> json = (Map<String, Object>) Json.parse(trace.chrome());
        for (Object event : (List<Object>) json.get("traceEvents")) {
            Map<String, Object> e = (Map<String, Object>) event;
            assertTrue(e.get("ph").equals("M") || e.containsKey("ts") && e.containsKey("dur"), e.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"g.svg, <svg", "g.dot, digraph", "g.html, <!doctype html>", "g.pbtxt, node {", "g.png, PNG"})
    void graphsBecomeFilesOfEveryKind(String file, String holds) {
        Evaluator interpreter = ran(TRAINING, null, new ScriptRun());
        Graph graph = TfState.of(interpreter.machine()).largestGraph();
        GraphView.Choice choice = new GraphView.Choice(true, null, GraphView.Fold.NONE);
        byte[] bytes = GraphFile.of(file, graph, Names.of(interpreter.variables(), graph), choice);
        assertTrue(new String(bytes, StandardCharsets.ISO_8859_1).contains(holds));
    }

    @Test
    void layersTakeTheirVariablesInWhereNamesFold() {
        Evaluator interpreter = ran("""
                import tensorflow as tf
                x = tf.placeholder(tf.float32, [None, 2])
                def layer(a, n, m):
                    w = tf.Variable(tf.ones([n, m]))
                    h = tf.nn.relu(tf.matmul(a, w) + tf.Variable(tf.zeros([m])))
                    return h, tf.nn.l2_loss(w)
                a, r1 = layer(x, 2, 3)
                y, r2 = layer(a, 3, 1)
                loss = tf.reduce_mean(tf.square(y)) + r1 + r2
                train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
                """, null, new ScriptRun());
        Graph graph = TfState.of(interpreter.machine()).largestGraph();
        Names names = Names.of(interpreter.variables(), graph);
        GraphView view = GraphView.of(graph, names, new GraphView.Choice(false, null, GraphView.Fold.NAMES));
        assertEquals(
                List.of("x 1", "a 5", "r1 1", "y 5", "r2 1", "loss 4"),
                view.nodes().stream().map(n -> n.label() + " " + n.operations().size()).toList());
    }

    @Test
    void largeGraphsAreDrawnByLines() {
        Evaluator interpreter = ran(deep(700), null, new ScriptRun());
        Graph graph = TfState.of(interpreter.machine()).largestGraph();
        GraphView view = GraphView.fitting(graph, Names.none(), new GraphView.Choice(true, null, GraphView.Fold.NONE));
        assertEquals(GraphView.Fold.LINES, view.fold());
        assertTrue(view.nodes().stream().anyMatch(n -> n.label().equals("h = tf.tanh(tf.matmul(h, w))") && n.operations().size() == 1400));
    }

    @Test
    void variablesThatFunctionsMakeGoByTheCallersNames() {
        Evaluator interpreter = ran("""
                import tensorflow as tf
                def weight(shape):
                    v = tf.Variable(tf.zeros(shape))
                    return v
                def network(x):
                    w1 = weight([2, 3])
                    w2 = weight([3, 1])
                    hidden = tf.nn.relu(tf.matmul(x, w1))
                    return tf.matmul(hidden, w2)
                y = network(tf.ones([1, 2]))
                """, null, new ScriptRun());
        Graph graph = TfState.of(interpreter.machine()).largestGraph();
        Names names = Names.of(interpreter.variables(), graph);
        assertEquals("w1", names.of(graph.operation("Variable").orElseThrow().output(0)));
        assertEquals("w2", names.of(graph.operation("Variable_1/read").orElseThrow().output(0)));
        assertEquals("hidden", names.of(graph.operation("Relu").orElseThrow().output(0)));
    }

    @Test
    void everyMessageIsThereInChinese() {
        var english = ResourceBundle.getBundle("io.retrograd.show.messages", Locale.ROOT);
        var chinese = ResourceBundle.getBundle("io.retrograd.show.messages", Locale.CHINESE);
        for (String key : english.keySet()) {
            String text = chinese.getString(key);
            boolean signs = english.getString(key).replaceAll("\\{\\d}", "").codePoints().noneMatch(c -> c > 'a' + 1 && c <= 'z' && c != 'g');
            assertTrue(signs || text.codePoints().anyMatch(c -> c >= 0x4e00 && c < 0xa000), key + " = " + text);
        }
        assertEquals(english.keySet(), chinese.keySet());
    }
}
