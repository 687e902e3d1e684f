package io.retrograd.repl;

import io.retrograd.Evaluator;
import io.retrograd.kernel.Kernels;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.world.ForwardingWorld;
import io.retrograd.lang.world.TextSink;
import io.retrograd.lang.world.World;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Loads the language and its libraries while the prompt stands, by running a small script in an interpreter of its
 * own whose output nobody sees.
 */
final class WarmUp {
    private static final String SCRIPT = """
            import tensorflow as tf
            import numpy as np
            g = tf.Graph()
            with g.as_default():
                x = tf.placeholder(tf.float32, [None, 2])
                w = tf.Variable(tf.random_normal([2, 1], seed=1))
                loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - 1.0))
                step = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
                with tf.Session() as s:
                    s.run(tf.global_variables_initializer())
                    for i in range(3):
                        s.run(step, feed_dict={x: [[1.0, 2.0]]})
                    print('%g' % s.run(loss, {x: [[1.0, 2.0]]}), np.array([1.5, 2.0]))
            """;

    private volatile boolean done;

    private final World like;
    private boolean started;

    WarmUp(World like) {
        this.like = like;
    }

    /** Starts in the background, below everything that the user waits for: the prompt stands by then. Later calls do nothing. */
    void start() {
        if (started) {
            return;
        }
        started = true;
        Thread thread = new Thread(null, this::run, "warm-up", 8 << 20);
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    boolean isDone() {
        return done;
    }

    private void run() {
        try {
            Evaluator interpreter = Evaluator.of(new Silent(like));
            interpreter.runCell(new Source("<warm-up>", SCRIPT));
            interpreter.machine().library().words(interpreter.machine());
        } catch (RuntimeException | LinkageError noMatter) {
            // What fails here fails again where somebody sees it.
            return;
        } finally {
            done = true;
        }
    }

    /** A world in which nothing is heard. */
    private static final class Silent extends ForwardingWorld {
        Silent(World like) {
            super(like);
        }

        @Override
        public TextSink out() {
            return TextSink.NOWHERE;
        }

        @Override
        public TextSink err() {
            return TextSink.NOWHERE;
        }

        @Override
        public InputStream in() {
            return InputStream.nullInputStream();
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public List<String> arguments() {
            return List.of("");
        }

        @Override
        public void sleep(long nanos) {}

        @Override
        public OptionalLong seed() {
            return OptionalLong.empty();
        }

        @Override
        public int threads() {
            return 1;
        }

        @Override
        public Kernels kernels() {
            return Kernels.bySize();
        }
    }
}
