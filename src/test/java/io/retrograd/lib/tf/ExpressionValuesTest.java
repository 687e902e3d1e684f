package io.retrograd.lib.tf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.lang.value.Semantics;
import io.retrograd.testing.ScriptRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Expressions over arrays, strings, images and sparse tensors give the values in the table. */
final class ExpressionValuesTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/tf/values.txt", delimiter = '|')
    void gives(String expression, String expected) {
        ScriptRun script = new ScriptRun();
        script.run("import tensorflow as tf\nimport numpy as np\n"
                + "result = tf.Session().run(" + expression.strip() + ")\n"
                + "result = result.tolist() if hasattr(result, 'tolist') else result\n");
        assertEquals(expected.strip(), Semantics.repr(script.machine(), script.variable("result")));
    }
}
