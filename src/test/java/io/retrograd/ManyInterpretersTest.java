package io.retrograd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A hundred interpreters on a hundred threads train a hundred networks, and each prints what it prints alone. */
class ManyInterpretersTest {
    private static final int COUNT = 100;

    private static final String SCRIPT = """
            import tensorflow as tf
            import numpy as np
            rng = np.random.RandomState(seed)
            X = rng.rand(32, 2)
            Y = [[int(a + b < 1)] for a, b in X]
            tf.set_random_seed(seed)
            x = tf.placeholder(tf.float32, [None, 2])
            y_ = tf.placeholder(tf.float32, [None, 1])
            w1 = tf.Variable(tf.random_normal([2, hidden], stddev=1))
            w2 = tf.Variable(tf.random_normal([hidden, 1], stddev=1))
            a = tf.nn.dropout(tf.nn.relu(tf.matmul(x, w1)), 0.9)
            y = tf.matmul(a, w2)
            loss = tf.reduce_mean(tf.square(y - y_))
            train = tf.train.AdamOptimizer(0.01).minimize(loss)
            with tf.Session() as sess:
                sess.run(tf.global_variables_initializer())
                for i in range(60):
                    s = (i * 8) % 32
                    sess.run(train, feed_dict={x: X[s:s+8], y_: Y[s:s+8]})
                    if i % 20 == 0:
                        print(seed, i, sess.run(loss, feed_dict={x: X, y_: Y}))
                print(sess.run(w2), y.name, len(tf.get_default_graph().get_operations()))
            """;

    private static String printed(int seed) {
        StringBuilder out = new StringBuilder();
        try (Interpreter nn = Interpreter.builder().out(out).build()) {
            nn.set("seed", seed);
            nn.set("hidden", 3 + seed % 4);
            nn.run(SCRIPT);
        }
        return out.toString();
    }

    @Test
    void eachPrintsWhatItPrintsAlone() throws Exception {
        List<String> alone = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            alone.add(printed(i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(COUNT);
        CyclicBarrier start = new CyclicBarrier(COUNT);
        try {
            List<Future<String>> together = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                int seed = i;
                Callable<String> task = () -> {
                    start.await(60, TimeUnit.SECONDS);
                    return printed(seed);
                };
                together.add(threads.submit(task));
            }
            for (int i = 0; i < COUNT; i++) {
                assertEquals(alone.get(i), together.get(i).get(120, TimeUnit.SECONDS), "network " + i);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
