package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The several ways by which scripts reach the same things. */
final class ModulePathsTest {
    @ParameterizedTest(name = "{0} | {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "import tensorflow as tf                         | tf.compat.v1.placeholder is tf.placeholder | True",
        "import tensorflow.compat.v1 as tf               | tf.disable_v2_behavior() | None",
        "import tensorflow as tf                         | tf.compat.v1.disable_eager_execution() | None",
        "import tensorflow as tf                         | tf.executing_eagerly() | False",
        "import tensorflow as tf                         | tf.compat.as_text(b'a') | a",
        "import tensorflow as tf                         | callable(tf.keras.datasets.mnist.load_data) | True",
        "from tensorflow.keras.datasets import mnist     | callable(mnist.load_data) | True",
        "import tensorflow as tf                         | callable(tf.contrib.learn.datasets.mnist.read_data_sets) | True",
        "from tensorflow.contrib.learn.python.learn.datasets.mnist import read_data_sets | callable(read_data_sets) | True",
        "from pylab import mpl, plot, np                 | mpl.__name__ + np.__name__ | matplotlibnumpy"
    })
    void leadThere(String imports, String expression, String expected) {
        ScriptRun run = new ScriptRun();
        run.run(imports + "\nresult = " + expression);
        assertEquals(expected, Semantics.str(run.machine(), run.variable("result")));
    }
}
