package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.MathOps;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** What operations on the matrices of a batch share. */
final class Matrices {
    private Matrices() {}

    /** The batch dimensions and the two of a square matrix. */
    static Shape square(ShapeContext c, int i) {
        Shape s = c.withRankAtLeast(i, 2);
        if (!s.hasRank()) {
            return s;
        }
        int n = c.mergeDims(s.dim(-2), s.dim(-1));
        return s.withDim(-1, n).withDim(-2, n);
    }

    static Shape batch(Shape s) {
        return s.hasRank() ? s.slice(0, s.rank() - 2) : s;
    }

    static void checkSquare(NdArray a) {
        if (a.rank() < 2) {
            throw NnError.invalidArgument("Input tensor 0 must have rank >= 2");
        }
        if (a.dim(-1) != a.dim(-2)) {
            throw NnError.invalidArgument("Input matrix must be square.");
        }
    }

    static int matrices(NdArray a) {
        int n = 1;
        for (int i = 0; i < a.rank() - 2; i++) {
            n *= a.dim(i);
        }
        return n;
    }

    /** Matrix number b of a batch, transposed if asked. */
    static DMatrixRMaj matrix(NdArray a, int b, boolean transposed) {
        int rows = a.dim(-2);
        int columns = a.dim(-1);
        DMatrixRMaj m = new DMatrixRMaj(transposed ? columns : rows, transposed ? rows : columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double v = a.getDouble((b * rows + i) * columns + j);
                m.set(transposed ? j : i, transposed ? i : j, v);
            }
        }
        return m;
    }

    static void put(NdArray out, int b, double[] values, int count) {
        for (int i = 0; i < count; i++) {
            out.setDouble(b * count + i, values[i]);
        }
    }

    static int[] withLast(NdArray a, int... last) {
        int[] shape = Arrays.copyOf(a.shape(), a.rank() - 2 + last.length);
        System.arraycopy(last, 0, shape, a.rank() - 2, last.length);
        return shape;
    }

    static Output product(Graph g, Output a, Output b, boolean adjointA, boolean adjointB) {
        return MathOps.matmul(g, a, b, false, false, adjointA, adjointB, null);
    }

    static Output band(Graph g, Output a, int lower, int upper) {
        return g.op("MatrixBandPart").input(a).input(Literal.of(lower)).input(Literal.of(upper)).output();
    }

    static Output diagonalPart(Graph g, Output a) {
        return g.op("MatrixDiagPart").name("diag_part").input(a).output();
    }

    static Output diagonal(Graph g, Output a) {
        return g.op("MatrixDiag").name("diag").input(a).output();
    }

    static Output setDiagonal(Graph g, Output a, Output d) {
        return g.op("MatrixSetDiag").name("set_diag").input(a).input(d).output();
    }

    static Output solve(Graph g, String type, Output a, Output b, boolean lower, boolean adjoint) {
        var call = g.op(type).input(a).input(b).attr("adjoint", adjoint);
        return (type.equals("MatrixSolve") ? call : call.attr("lower", lower)).output();
    }
}
