import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;

/** Trains a GraphDef with nodes x, y, init and train on random data: {@code TrainGraph FILE BATCH WIDTH CLASSES STEPS THREADS}. */
public final class TrainGraph {
    private static final int PARTS = 4;

    private TrainGraph() {}

    public static void main(String[] args) throws Exception {
        int batch = Integer.parseInt(args[1]);
        int width = Integer.parseInt(args[2]);
        int classes = Integer.parseInt(args[3]);
        int steps = Integer.parseInt(args[4]);
        int threads = Integer.parseInt(args[5]);
        Random random = new Random(1);
        try (Graph graph = new Graph();
                Session session = new Session(graph, config(threads))) {
            graph.importGraphDef(Files.readAllBytes(Path.of(args[0])));
            session.runner().addTarget("init").run();
            float[] x = new float[batch * width];
            float[] y = new float[batch * classes];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < batch; i++) {
                y[i * classes + random.nextInt(classes)] = 1;
            }
            double best = 0;
            for (int part = 0; part < PARTS; part++) {
                long began = System.nanoTime();
                for (int i = 0; i < steps; i++) {
                    // A new tensor in each step, as a script's feed is.
                    try (Tensor<Float> tx = Tensor.create(new long[] {batch, width}, FloatBuffer.wrap(x));
                            Tensor<Float> ty = Tensor.create(new long[] {batch, classes}, FloatBuffer.wrap(y))) {
                        session.runner().feed("x", tx).feed("y", ty).addTarget("train").run();
                    }
                }
                double rate = steps / ((System.nanoTime() - began) / 1e9);
                best = part == 0 ? 0 : Math.max(best, rate);
            }
            System.out.printf(java.util.Locale.ROOT, "steps/s %.2f%n", best);
        }
    }

    /** A ConfigProto with intra_op_parallelism_threads (field 2) and inter_op_parallelism_threads (field 5); 0: all cores. */
    private static byte[] config(int threads) {
        return threads == 0 ? new byte[0] : Arrays.copyOf(new byte[] {0x10, (byte) threads, 0x28, (byte) threads}, 4);
    }
}
