package io.retrograd.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.op.StandardOps;
import io.retrograd.session.Session;
import io.retrograd.session.SessionOptions;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import java.util.stream.Stream;

/** Gradients of matrix functions at well-conditioned matrices agree with differences of values. */
final class LinearGradientTest {
    /** The operations that are checked here. */
    static final Set<String> TYPES = Set.of(
            "MatrixInverse", "MatrixSolve", "MatrixTriangularSolve", "LogMatrixDeterminant", "Cholesky", "SelfAdjointEigV2", "Qr", "Svd");

    private static final double STEP = 1e-5;

    static Stream<Arguments> functions() {
        return Stream.of(
                row("MatrixInverse", 4, 4, (g, a) -> g.op("MatrixInverse").input(a).output()),
                row("MatrixSolve", 3, 3, (g, a) -> g.op("MatrixSolve").input(a).input(a).output()),
                row("MatrixSolve of its transpose", 3, 3, (g, a) -> g.op("MatrixSolve")
                        .input(a).input(MathOps.unary(g, "Square", a, null)).attr("adjoint", true).output()),
                row("triangular", 3, 3, (g, a) -> g.op("MatrixTriangularSolve")
                        .input(a).input(MathOps.unary(g, "Square", a, null)).output()),
                row("upper triangular, adjoint", 3, 3, (g, a) -> g.op("MatrixTriangularSolve")
                        .input(a).input(MathOps.unary(g, "Square", a, null)).attr("lower", false).attr("adjoint", true)
                        .output()),
                row("LogMatrixDeterminant", 3, 3, (g, a) -> g.op("LogMatrixDeterminant").input(a).operation().output(1)),
                row("Cholesky", 3, 3, (g, a) -> g.op("Cholesky").input(symmetric(g, a)).output()),
                row("eigenvalues", 3, 3, (g, a) -> eig(g, a).output(0)),
                row("eigenvectors", 3, 3, (g, a) -> MathOps.unary(g, "Square", eig(g, a).output(1), null)),
                row("Q", 4, 3, (g, a) -> g.op("Qr").input(a).operation().output(0)),
                row("R", 3, 3, (g, a) -> g.op("Qr").input(a).operation().output(1)),
                row("singular values", 3, 2, (g, a) -> g.op("Svd").input(a).attr("compute_uv", false).output()),
                row("left singular vectors", 3, 3, (g, a) ->
                        MathOps.unary(g, "Square", g.op("Svd").input(a).operation().output(1), null)),
                row("right singular vectors", 2, 3, (g, a) ->
                        MathOps.unary(g, "Square", g.op("Svd").input(a).operation().output(2), null)));
    }

    private static Arguments row(String name, int rows, int columns, BiFunction<Graph, Output, Output> f) {
        return Arguments.of(name, rows, columns, f);
    }

    private static Output symmetric(Graph g, Output a) {
        return MathOps.plus(g, a, ArrayOps.matrixTranspose(g, a, false, null));
    }

    private static Operation eig(Graph g, Output a) {
        return g.op("SelfAdjointEigV2").input(symmetric(g, a)).operation();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void gradientIsTheSlope(String name, int rows, int columns, BiFunction<Graph, Output, Output> function) {
        Random random = new Random(7);
        Graph g = new Graph(new StandardOps());
        Output a = g.op("Placeholder").attr("dtype", DType.FLOAT64).attr("shape", Shape.of(2, rows, columns)).output();
        Output y = function.apply(g, a);
        NdArray at = NdArray.zeros(DType.FLOAT64, 2, rows, columns);
        NdArray direction = NdArray.zeros(DType.FLOAT64, 2, rows, columns);
        for (int i = 0; i < at.size(); i++) {
            int r = i / columns % rows;
            at.setDouble(i, random.nextDouble() - 0.5 + (r == i % columns ? 2 + r : 0));
            direction.setDouble(i, random.nextDouble() - 0.5);
        }
        try (Session session = new Session(g, SessionOptions.plain())) {
            NdArray weights = session.run(y, Map.of(a, at)).copy();
            for (int i = 0; i < weights.size(); i++) {
                weights.setDouble(i, random.nextDouble() - 0.5);
            }
            Gradient gradient = Gradients.gradients(g, List.of(y), List.of(a),
                    GradientOptions.standard().from(List.of(g.constant(weights, "weights")))).get(0);
            NdArray slope = session.run((Output) gradient, Map.of(a, at));
            double expected = 0;
            NdArray ahead = at.copy();
            NdArray behind = at.copy();
            for (int i = 0; i < at.size(); i++) {
                expected += slope.getDouble(i) * direction.getDouble(i);
                ahead.setDouble(i, at.getDouble(i) + STEP * direction.getDouble(i));
                behind.setDouble(i, at.getDouble(i) - STEP * direction.getDouble(i));
            }
            NdArray later = session.run(y, Map.of(a, ahead)).copy();
            NdArray earlier = session.run(y, Map.of(a, behind));
            double difference = 0;
            for (int i = 0; i < weights.size(); i++) {
                difference += weights.getDouble(i) * (later.getDouble(i) - earlier.getDouble(i));
            }
            assertEquals(expected, difference / (2 * STEP), 1e-6 * (1 + Math.abs(expected)));
        }
    }
}
