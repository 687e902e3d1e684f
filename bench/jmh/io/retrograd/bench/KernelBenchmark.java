package io.retrograd.bench;

import io.retrograd.kernel.Kernels;
import io.retrograd.kernel.MatrixProduct;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Products of matrices by size and by who does them: microseconds each. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
    /** Rows, columns and the dimension between them. */
    @Param({"8x3x2", "16x16x16", "64x64x64", "256x256x256", "100x500x784"})
    public String size;

    @Param({"PLAIN", "EJML", "OPENBLAS"})
    public String path;

    @Param({"1"})
    public int threads;

    private Kernels kernels;
    private MatrixProduct.FloatFactor a;
    private MatrixProduct.FloatFactor b;
    private float[] c;
    private int m;
    private int n;
    private int k;

    @Setup
    public void fill() {
        String[] parts = size.split("x");
        m = Integer.parseInt(parts[0]);
        n = Integer.parseInt(parts[1]);
        k = Integer.parseInt(parts[2]);
        kernels = new Kernels(Kernels.Path.valueOf(path), line -> { });
        Random random = new Random(1);
        a = new MatrixProduct.FloatFactor(random(random, m * k), 0, false);
        b = new MatrixProduct.FloatFactor(random(random, k * n), 0, false);
        c = new float[m * n];
    }

    private static float[] random(Random random, int n) {
        float[] data = new float[n];
        for (int i = 0; i < n; i++) {
            data[i] = random.nextFloat();
        }
        return data;
    }

    @Benchmark
    public float[] product() {
        MatrixProduct.floats(kernels, threads, a, b, c, 0, m, n, k, () -> { });
        return c;
    }
}
