package io.retrograd.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.graph.Graph;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.Output;
import io.retrograd.graph.op.StandardOps;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.testing.Json;
import io.retrograd.testing.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random operations give TensorFlow's numbers bit for bit, in the first run of a session and in the next. */
final class RandomOracleTest {
    static Stream<Arguments> records() {
        return Json.lines("/oracle/random.jsonl").stream().map(r -> Arguments.of(r.get("op"), r));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("records")
    void drawsTheSame(String op, Map<String, Object> record) {
        check(op, record, g -> new Session(g, SessionOptions.plain()));
    }

    /** Draws in a session of the caller's. */
    @SuppressWarnings("unchecked")
    static void check(String op, Map<String, Object> record, Function<Graph, Session> sessions) {
        Graph g = new Graph(new StandardOps());
        Map<String, Object> attributes = (Map<String, Object>) record.get("attrs");
        OpCall call = g.op(op);
        List<Output> inputs = new ArrayList<>();
        for (Object input : (List<Object>) record.get("inputs")) {
            inputs.add(g.constant(Tensors.of((Map<String, Object>) input), "Const"));
        }
        inputs.forEach(call::input);
        attributes.forEach((key, value) -> {
            if (key.startsWith("seed")) {
                call.attr(key, ((Number) value).longValue());
            } else if (value instanceof String name) {
                call.attr(key, DType.ofTfName(name).orElseThrow());
            }
        });
        Output y = call.output();
        try (Session session = sessions.apply(g)) {
            for (Object run : (List<Object>) record.get("runs")) {
                NdArray expected = Tensors.of((Map<String, Object>) run);
                NdArray got = session.run(y, Map.of());
                assertEquals(expected.staticShape(), got.staticShape());
                for (int i = 0; i < got.size(); i++) {
                    assertEquals(expected.getDouble(i), got.getDouble(i), 0, op + " element " + i);
                }
            }
        }
    }
}
