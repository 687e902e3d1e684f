package io.retrograd.bench;

import io.retrograd.graph.Output;
import io.retrograd.lib.tf.OperationValue;
import io.retrograd.lib.tf.SessionValue;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.session.PlanKey;
import io.retrograd.session.Session;
import io.retrograd.tensor.NdArray;
import io.retrograd.testing.ScriptRun;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Compiled plans without the script around them: steps a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanBenchmark {
    private Session session;
    private PlanKey twoLayer;
    private final NdArray[][] small = new NdArray[4][];
    private PlanKey chain;
    private NdArray[] ten;
    private final NdArray[] feeds = new NdArray[2];
    private int step;

    @Setup
    public void build() {
        ScriptRun script = new ScriptRun();
        script.run("""
                import tensorflow as tf
                x = tf.placeholder(tf.float32, shape=(None, 2))
                y_ = tf.placeholder(tf.float32, shape=(None, 1))
                w1 = tf.Variable(tf.random_normal([2, 3], stddev=1, seed=1))
                w2 = tf.Variable(tf.random_normal([3, 1], stddev=1, seed=1))
                y = tf.matmul(tf.matmul(x, w1), w2)
                loss = tf.reduce_mean(tf.square(y_ - y))
                train = tf.train.GradientDescentOptimizer(0.001).minimize(loss)
                v = tf.placeholder(tf.float32, [None])
                c = ((((v * 2 + 1) * v - 3) / (1.5 + tf.abs(v)) + v) * 0.5 - v) * 1.01
                sess = tf.Session()
                sess.run(tf.global_variables_initializer())
                """);
        session = ((SessionValue) script.variable("sess")).session();
        twoLayer = new PlanKey(
                List.of(),
                List.of(((OperationValue) script.variable("train")).operation()),
                List.of(tensor(script, "x"), tensor(script, "y_")));
        chain = new PlanKey(List.of(tensor(script, "c")), List.of(), List.of(tensor(script, "v")));
        Random random = new Random(1);
        for (int i = 0; i < small.length; i++) {
            small[i] = new NdArray[] {random(random, 8, 2), random(random, 8, 1)};
        }
        ten = new NdArray[] {random(random, 10_000_000)};
    }

    private static Output tensor(ScriptRun script, String name) {
        return ((TensorValue) script.variable(name)).output();
    }

    private static NdArray random(Random random, int... shape) {
        int n = 1;
        for (int d : shape) {
            n *= d;
        }
        float[] data = new float[n];
        for (int i = 0; i < n; i++) {
            data[i] = random.nextFloat();
        }
        return NdArray.of(data, shape);
    }

    /** One step of training the network of samples/backprop.nn. */
    @Benchmark
    public NdArray[] twoLayerStep() {
        NdArray[] now = small[step++ & 3];
        feeds[0] = now[0];
        feeds[1] = now[1];
        return session.run(twoLayer, feeds);
    }

    /** Ten arithmetic operations on ten million floats. */
    @Benchmark
    public NdArray[] elementwiseChain() {
        return session.run(chain, ten.clone());
    }

    /** What the chain is held against: one copy of ten million floats into a new array. */
    @Benchmark
    public float[] singleCopy() {
        return ten[0].floats().clone();
    }
}
