package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Branches and loops compute what they say, forwards and backwards. */
class LoopsTest {
    private static final String BEGIN = """
            import tensorflow as tf
            x = tf.placeholder(tf.float32, [])
            e = tf.placeholder(tf.float32, [None])
            w = tf.Variable(2.0)
            u = tf.Variable(w * 3)
            table = tf.Variable(tf.ones([6, 2]))
            zero = tf.constant(0)
            def branches(i, a):
                return i + 1, tf.cond(tf.equal(i % 2, 0), lambda: a * x, lambda: a + x)
            def inner(i, a):
                b = tf.while_loop(lambda j, b: j < 2, lambda j, b: (j + 1, b * x), [zero, a])[1]
                return i + 1, b + x
            def assign():
                with tf.control_dependencies([tf.assign(w, 7.0)]):
                    return tf.identity(w)
            sess = tf.Session()
            sess.run(tf.global_variables_initializer())
            def run(fetch, **feeds):
                return sess.run(fetch, {x: feeds.get('x', 0.0), e: feeds.get('e', [])})
            def rows(f):
                s = tf.while_loop(lambda i, a: i < 4, lambda i, a: (i + 1, a + tf.reduce_sum(f(i))), [zero, tf.constant(0.0)])[1]
                return run(tf.convert_to_tensor(tf.gradients(s, table)[0]))[:, 0].tolist()
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run(u)                                                                                     | 6.0
            run(tf.cond(x < 2.0, lambda: x + 10.0, lambda: x * 100.0), x=1.0)                          | 11.0
            run(tf.cond(x < 2.0, lambda: x + 10.0, lambda: x * 100.0), x=5.0)                          | 500.0
            [run(tf.cond(x < 0.0, assign, lambda: w + 0.0), x=1.0), run(w)]                            | [2.0, 2.0]
            [run(tf.cond(x < 0.0, assign, lambda: w + 0.0), x=-1.0), run(w)]                           | [7.0, 7.0]
            run(tf.cond(x < 0.0, lambda: tf.while_loop(lambda i: i < 3, lambda i: i + 1, [zero]), lambda: tf.constant(-1)), x=-1.0) | 3
            run(tf.cond(x < 0.0, lambda: tf.while_loop(lambda i: i < 3, lambda i: i + 1, [zero]), lambda: tf.constant(-1)), x=1.0)  | -1
            run(tf.while_loop(lambda i, a: i < 10, lambda i, a: (i + 1, a * 2.0), [zero, tf.constant(1.0)])) | (10, 1024.0)
            run(tf.while_loop(lambda i: i < 10, lambda i: i + 1, [zero], maximum_iterations=4))        | 4
            run(tf.gradients(tf.while_loop(lambda i, a: i < 3, lambda i, a: (i + 1, a * a), [zero, x])[1], x), x=2.0)          | [1024.0]
            run(tf.gradients(tf.while_loop(lambda i, a: i < 4, lambda i, a: (i + 1, a * w + x), [zero, x])[1], [w, x]), x=3.0) | [147.0, 31.0]
            run(tf.gradients(tf.while_loop(lambda i, a: i < 4, branches, [zero, x])[1], x), x=1.5)     | [10.75]
            run(tf.gradients(tf.while_loop(lambda i, a: i < 2, inner, [zero, x])[1], x), x=1.5)        | [33.0625]
            run(tf.gradients(tf.cond(x < 1.0, lambda: x * 2.0, lambda: x * x), x), x=0.5)              | [2.0]
            run(tf.gradients(tf.cond(x < 1.0, lambda: x * 2.0, lambda: x * x), x), x=5.0)              | [10.0]
            run(tf.map_fn(lambda t: t * t * x, e), x=1.5, e=[1., 2., 3.]).tolist()                     | [1.5, 6.0, 13.5]
            run(tf.gradients(tf.map_fn(lambda t: t * t * x, e), e), x=1.5, e=[1., 2., 3.])[0].tolist() | [3.0, 6.0, 9.0]
            run(tf.scan(lambda a, t: a * t + x, e), x=1.5, e=[1., 2., 3.]).tolist()                    | [1.0, 3.5, 12.0]
            run(tf.gradients(tf.scan(lambda a, t: a * t + x, e), [e, x]), x=1.5, e=[1., 2., 3.])[0].tolist() | [9.0, 4.0, 3.5]
            run(tf.foldl(lambda a, t: a + t * t, e), e=[1., 2., 3.])                                   | 14.0
            run(tf.foldr(lambda a, t: a * 0.5 + t, e, initializer=0.0), e=[1., 2., 3.])                | 2.75
            run([tf.case([(x < 1.0, lambda: zero), (x < 2.0, lambda: zero + 1)], default=lambda: zero + 2), zero], x=1.5) | [1, 0]
            rows(lambda i: tf.gather(table, [i, i + 1]))                                               | [1.0, 2.0, 2.0, 2.0, 1.0, 0.0]
            rows(lambda i: tf.cond(i < 2, lambda: tf.zeros([2, 2]), lambda: tf.gather(table, [i, i + 1])))                     | [0.0, 0.0, 1.0, 2.0, 1.0, 0.0]
            rows(lambda i: tf.cond(i < 2, lambda: tf.gather(table, [i, i + 1]), lambda: tf.gather(table, [0, 5]) * 2.0))       | [5.0, 2.0, 1.0, 0.0, 0.0, 4.0]
            run({'a': (zero, [w]), 'b': 'Const:0'})                                                    | {'a': (0, [2.0]), 'b': 0}
            """)
    void computes(String expression, String expected) {
        ScriptRun script = new ScriptRun();
        script.run(BEGIN);
        script.run("result = " + expression + "\n");
        assertEquals(expected, Semantics.repr(script.machine(), script.variable("result")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            sess.run(0)                        | TypeError: Fetch argument 0 has invalid type <class 'int'>, must be a string or Tensor. (Can not convert a int into a Tensor or Operation.)
            sess.run(None)                     | TypeError: Fetch argument None has invalid type <class 'NoneType'>
            sess.run('y:0')                    | ValueError: Fetch argument 'y:0' cannot be interpreted as a Tensor. ("The name 'y:0' refers to a Tensor which does not exist. The operation, 'y', does not exist in the graph.")
            sess.run('Const:1')                | ValueError: Fetch argument 'Const:1' cannot be interpreted as a Tensor. ("The name 'Const:1' refers to a Tensor which does not exist. The operation, 'Const', exists but only has 1 outputs.")
            sess.run(zero, {1: 2})             | TypeError: Cannot interpret feed_dict key as Tensor: Can not convert a int into a Tensor.
            sess.run(zero, {'Const': 2})       | TypeError: Cannot interpret feed_dict key as Tensor: The name 'Const' refers to an Operation, not a Tensor. Tensor names must be of the form "<op_name>:<output_index>".
            sess.run(zero, {x: zero})          | TypeError: The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python scalars, strings, lists, numpy ndarrays, or TensorHandles. For reference, the tensor object was Tensor("Const:0", shape=(), dtype=int32) which was passed to the feed with key Tensor("Placeholder:0", shape=(), dtype=float32).
            sess.run(zero, {e: [[1.0]]})       | ValueError: Cannot feed value of shape (1, 1) for Tensor 'Placeholder_1:0', which has shape '(?,)'
            sess.run(zero, {e: ['a']})         | ValueError: could not convert string to float: 'a'
            zero.eval()                        | ValueError: Cannot evaluate tensor using `eval()`: No default session is registered. Use `with sess.as_default()` or pass an explicit session to `eval(session=sess)`
            tf.Session(0)                      | TypeError: target must be a string, but got <class 'int'>
            tf.Session(tf.ConfigProto())       | TypeError: target must be a string, but got <class 'tensorflow.core.protobuf.config_pb2.ConfigProto'>. Did you do "Session(config)" instead of "Session(config=config)"?
            tf.cond(True, lambda: 1, lambda: 2) | TypeError: pred must not be a Python bool
            tf.cond(x < 1, lambda: 1, lambda: 2.0) | ValueError: Outputs of true_fn and false_fn must have the same type: int32, float32
            tf.group(1)                        | TypeError: Expected tf.group() expected Tensor arguments not '1' with type '<class 'int'>'
            tf.control_dependencies([1])       | TypeError: Can not convert a int into a Tensor or Operation.
            [sess.close(), sess.run(zero)]     | RuntimeError: Attempted to use a closed Session.
            tf.Session(graph=tf.Graph()).run(zero) | RuntimeError: The Session graph is empty.  Add operations to the graph before calling run().
            """)
    void refuses(String expression, String expected) {
        ScriptRun script = new ScriptRun();
        script.run(BEGIN);
        script.run("""
                try:
                    %s
                    result = 'no error'
                except Exception as e:
                    result = type(e).__name__ + ': ' + str(e)
                """.formatted(expression));
        assertEquals(expected, script.variable("result"));
    }
}
