package io.retrograd.graph.build;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/** What {@code tf.linalg} creates beyond single operations. */
public final class LinalgOps {
    private LinalgOps() {}

    /** {@code tf.linalg.adjoint}. */
    public static Output adjoint(Graph g, Operand matrix, String name) {
        try (NameScope scope = g.nameScope(name == null ? "adjoint" : name)) {
            return ArrayOps.matrixTranspose(g, matrix.toOutput(g, null, null, "matrix"), true, null);
        }
    }

    /** {@code tf.trace}. */
    public static Output trace(Graph g, Operand x, String name) {
        try (NameScope scope = g.nameScope(name == null ? "Trace" : name)) {
            Output m = x.toOutput(g, null, null, "x");
            Output diagonal = g.op("MatrixDiagPart").name("diag_part").input(m).output();
            NdArray last = NdArray.of(new int[] {-1}, 1);
            return MathOps.reduce(g, "Sum", diagonal, Literal.of(last), false, scope.operationName());
        }
    }

    /** {@code tf.cholesky_solve}. */
    public static Output choleskySolve(Graph g, Operand chol, Operand rhs, String name) {
        try (NameScope scope = g.nameScope(name == null ? "cholesky_solve" : name)) {
            Output y = g.op("MatrixTriangularSolve").input(chol).input(rhs).attr("lower", true).output();
            return g.op("MatrixTriangularSolve").input(chol).input(y).attr("lower", true).attr("adjoint", true).output();
        }
    }

    /** {@code tf.matrix_solve_ls} by the normal equations and Cholesky's decomposition. */
    public static Output leastSquares(Graph g, Output matrix, Operand rhs, double l2, String name) {
        try (NameScope scope = g.nameScope(name == null ? "matrix_solve_ls" : name)) {
            Shape s = matrix.shape();
            boolean tall = !s.hasRank() || s.dim(-2) >= s.dim(-1);
            if (tall) {
                Output chol = gramian(g, matrix, l2, true);
                Output right = MathOps.matmul(g, matrix, rhs, false, false, true, false, null);
                return choleskySolve(g, chol, right, null);
            }
            Output chol = gramian(g, matrix, l2, false);
            return MathOps.matmul(g, matrix, choleskySolve(g, chol, rhs, null), false, false, true, false, null);
        }
    }

    private static Output gramian(Graph g, Output matrix, double l2, boolean first) {
        Output product = MathOps.matmul(g, matrix, matrix, false, false, first, !first, null);
        if (l2 != 0) {
            Output shape = Shapes.shape(g, matrix, null);
            Output outer = ArrayOps.range(g, shape, null, -2L);
            Output small = ArrayOps.at(g, shape, first ? -1 : -2);
            Output identity = ArrayOps.eye(g, small, null, outer, matrix.dtype(), null);
            Shape s = matrix.shape();
            if (s.hasRank()) {
                int n = s.dim(first ? -1 : -2);
                identity.refineShape(s.slice(0, s.rank() - 2).concatenate(Shape.of(n, n)));
            }
            product = MathOps.plus(g, product, MathOps.times(g, Literal.of(l2), identity));
        }
        return g.op("Cholesky").input(product).output();
    }

    /** {@code tf.linalg.logdet} of a positive definite matrix. */
    public static Output logDeterminant(Graph g, Operand matrix, String name) {
        try (NameScope scope = g.nameScope(name == null ? "logdet" : name)) {
            Output chol = g.op("Cholesky").input(matrix).output();
            Output diagonal = g.op("MatrixDiagPart").name("diag_part").input(chol).output();
            Output logs = MathOps.unary(g, "Log", diagonal, null);
            return MathOps.times(g, Literal.of(2.0), MathOps.sum(g, logs, Literal.ofInts(-1)));
        }
    }
}
