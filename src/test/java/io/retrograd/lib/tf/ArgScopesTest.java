package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code arg_scope}: which keywords reach a function, of the library's layers and of a script. */
class ArgScopesTest {
    private static final String START = """
            import tensorflow as tf
            slim = tf.contrib.slim
            from tensorflow.contrib.framework import *
            @add_arg_scope
            def f(x, a=1, b=2): return x, a, b
            def g(x): return x
            x = tf.ones([2, 3])
            def types(): return [o.type for o in tf.get_default_graph().get_operations()]
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "with arg_scope([f], a=5): result = f(1), f(1, b=3), f(1, a=7)   | ((1, 5, 2), (1, 5, 3), (1, 7, 2))",
        "with arg_scope([f], a=5), arg_scope((f,), a=6, b=4): result = f(1)  | (1, 6, 4)",
        "with arg_scope([f], a=5) as s, arg_scope([f], a=6): pass\\nwith arg_scope(s): result = f(1) | (1, 5, 2)",
        "with arg_scope([f], a=5): pass\\nresult = f(1)                   | (1, 1, 2)",
        "with arg_scope([slim.conv2d], padding='VALID'): result = slim.conv2d(tf.ones([1,5,5,1]),2,3).shape | TensorShape([Dimension(1), Dimension(3), Dimension(3), Dimension(2)])",
        "with slim.arg_scope([slim.fully_connected], activation_fn=tf.tanh): result = slim.fully_connected(x, 4).op.type | 'Tanh'",
        "with slim.arg_scope([slim.fully_connected], activation_fn=tf.tanh): result = slim.relu(x, 4).op.type | 'Relu'",
        "with slim.arg_scope([slim.fully_connected], activation_fn=tf.tanh): result = slim.linear(x, 4).op.type | 'BiasAdd'",
        "with slim.arg_scope([slim.fully_connected], biases_initializer=None): slim.relu(x, 4)\\nresult = 'BiasAdd' in types() | False",
        "result = has_arg_scope(f), has_arg_scope(g), has_arg_scope(slim.flatten) | (True, False, True)",
        "result = arg_scoped_arguments(f), arg_scoped_arguments(slim.flatten) | (('a', 'b'), ('outputs_collections', 'scope'))",
        "result = slim.conv2d is tf.contrib.layers.conv2d, slim.conv2d is slim.dropout, slim.relu is slim.linear | (True, False, False)",
        "import tensorflow.contrib.slim as s\\nresult = s.batch_norm is slim.batch_norm, f.__name__ | (True, 'f')",
    })
    void keywordsReachTheFunction(String line, String result) {
        ScriptRun script = new ScriptRun();
        script.run(START + line.replace("\\n", "\n") + "\n");
        assertEquals(result, Semantics.repr(script.machine(), script.variable("result")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "with arg_scope([g], a=1): pass | ('%s is not decorated with @add_arg_scope', ('__main__', 'g'))",
        "with arg_scope(f, a=1): pass   | list_ops_or_scope must either be a list/tuple or reused scope (i.e. dict)",
        "with arg_scope({}, a=1): pass  | When attempting to re-use a scope by suppling adictionary, kwargs must be empty.",
    })
    void refusesTheRest(String line, String message) {
        ScriptRun script = new ScriptRun();
        script.run(START);
        assertEquals(message, assertThrows(NnError.class, () -> script.run(line + "\n")).getMessage());
    }
}
