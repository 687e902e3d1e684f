package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.Einsum;
import io.retrograd.graph.build.LinalgOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayList;
import java.util.List;

/** {@code tf.linalg}: diagonals, bands, inverses, determinants, systems and decompositions of matrices and batches. */
final class LinalgFunctions {
    private LinalgFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Operand of(Machine m, Object value) {
        return Operands.of(m, value);
    }

    private static Object unary(Machine m, String type, Object x, String name) {
        return Tensors.wrap(MathOps.unary(graph(m), type, of(m, x), name));
    }

    @Builtin(value = {"diag", "linalg.tensor_diag"}, signature = "diagonal, name=None", doc = "A tensor with the given diagonal, zeros elsewhere.", shapes = "(n) -> (n, n)", gradient = "dx = diag_part(dy)")
    static Object diag(Machine m, Object diagonal, String name) {
        return unary(m, "Diag", diagonal, name);
    }

    @Builtin(value = {"diag_part", "linalg.tensor_diag_part"}, signature = "input, name=None", doc = "The diagonal of a tensor.", shapes = "(n, n) -> (n)", gradient = "dx = diag(dy)")
    static Object diagPart(Machine m, Object input, String name) {
        return unary(m, "DiagPart", input, name);
    }

    @Builtin(value = {"matrix_diag", "linalg.diag", "batch_matrix_diag"}, signature = "diagonal, name='diag', k=0, num_rows=-1, num_cols=-1, padding_value=0", doc = "Matrices with the given diagonals.", shapes = "(..., n) -> (..., n, n)", gradient = "dx = matrix_diag_part(dy)")
    static Object matrixDiag(Machine m, Object diagonal, String name, Object k, Object rows, Object columns, Object padding) {
        return unary(m, "MatrixDiag", diagonal, name);
    }

    @Builtin(value = {"matrix_diag_part", "linalg.diag_part", "batch_matrix_diag_part"}, signature = "input, name='diag_part', k=0, padding_value=0", doc = "The diagonals of matrices.", shapes = "(..., m, n) -> (..., min(m, n))", gradient = "dx = matrix_diag(dy)")
    static Object matrixDiagPart(Machine m, Object input, String name, Object k, Object padding) {
        return unary(m, "MatrixDiagPart", input, name);
    }

    @Builtin(value = {"matrix_set_diag", "linalg.set_diag", "batch_matrix_set_diag"}, signature = "input, diagonal, name='set_diag', k=0", doc = "Matrices with other diagonals.",
            shapes = "the shape of its operand stays",
            gradient = "dinput = dy with a diagonal of 0, ddiagonal = the diagonal of dy")
    static Object matrixSetDiag(Machine m, Object input, Object diagonal, String name, Object k) {
        return Tensors.wrap(MathOps.binary(graph(m), "MatrixSetDiag", of(m, input), of(m, diagonal), name));
    }

    @Builtin(value = {"matrix_band_part", "linalg.band_part", "batch_matrix_band_part"}, signature = "input, num_lower, num_upper, name=None", doc = "Matrices with only some diagonals below and above the main one; -1 keeps all.",
            shapes = "the shape of its operand stays", gradient = "dx = band of dy")
    static Object bandPart(Machine m, Object input, Object lower, Object upper, String name) {
        return Tensors.wrap(graph(m).op("MatrixBandPart").name(name).input(of(m, input)).input(of(m, lower)).input(of(m, upper)).output());
    }

    @Builtin(value = {"trace", "linalg.trace"}, signature = "x, name=None", doc = "The sum of the diagonal.", shapes = "(..., n, n) -> (...)", gradient = "dx = dy * identity")
    static Object trace(Machine m, Object x, String name) {
        return Tensors.wrap(LinalgOps.trace(graph(m), of(m, x), name));
    }

    @Builtin(value = {"matrix_inverse", "linalg.inv", "batch_matrix_inverse"}, signature = "input, adjoint=False, name=None", doc = "The inverse of a square matrix.", shapes = "(..., n, n) -> (..., n, n)", gradient = "dx = -inv^T dy inv^T")
    static Object inverse(Machine m, Object input, Object adjoint, String name) {
        return Tensors.wrap(graph(m).op("MatrixInverse").name(name).input(of(m, input)).attr("adjoint", Semantics.truth(m, adjoint)).output());
    }

    @Builtin(value = {"matrix_determinant", "linalg.det", "batch_matrix_determinant"}, signature = "input, name=None", doc = "The determinant of a square matrix.", shapes = "(..., n, n) -> (...)", gradient = "dx = dy * det * inv^T")
    static Object determinant(Machine m, Object input, String name) {
        return unary(m, "MatrixDeterminant", input, name);
    }

    @Builtin(value = {"log_matrix_determinant", "linalg.slogdet"}, signature = "input, name=None", doc = "Sign and logarithm of the absolute determinant.",
            shapes = "(..., n, n) -> sign and logarithm (...)",
            gradient = "dinput = dlog * inverse(input).T")
    static Object logMatrixDeterminant(Machine m, Object input, String name) {
        return OutputTuple.of(graph(m).op("LogMatrixDeterminant").name(name).input(of(m, input)).operation());
    }

    @Builtin(value = "linalg.logdet", signature = "matrix, name=None", doc = "The logarithm of a positive definite matrix's determinant.",
            shapes = "(..., n, n) -> (...)",
            gradient = "dmatrix = dy * inverse(matrix).T")
    static Object logdet(Machine m, Object matrix, String name) {
        return Tensors.wrap(LinalgOps.logDeterminant(graph(m), of(m, matrix), name));
    }

    @Builtin(value = "linalg.adjoint", signature = "matrix, name=None", doc = "The conjugate transpose.",
            shapes = "the shape of its operand stays",
            gradient = "dmatrix = adjoint(dy)")
    static Object adjoint(Machine m, Object matrix, String name) {
        return Tensors.wrap(LinalgOps.adjoint(graph(m), of(m, matrix), name));
    }

    @Builtin(value = {"matrix_solve", "linalg.solve", "batch_matrix_solve"}, signature = "matrix, rhs, adjoint=False, name=None", doc = "x with matrix x = rhs.", shapes = "(n, n), (n, k) -> (n, k)", gradient = "drhs = solve(matrix^T, dy)")
    static Object solve(Machine m, Object matrix, Object rhs, Object adjoint, String name) {
        return Tensors.wrap(graph(m).op("MatrixSolve").name(name).input(of(m, matrix)).input(of(m, rhs)).attr("adjoint", Semantics.truth(m, adjoint)).output());
    }

    @Builtin(value = {"matrix_triangular_solve", "linalg.triangular_solve", "batch_matrix_triangular_solve"}, signature = "matrix, rhs, lower=True, adjoint=False, name=None", doc = "x with matrix x = rhs for a triangular matrix.",
            shapes = "(n, n), (n, k) -> (n, k)",
            gradient = "drhs = solve(matrix.T, dy), dmatrix = -drhs @ y.T, its triangle alone")
    static Object triangularSolve(Machine m, Object matrix, Object rhs, Object lower, Object adjoint, String name) {
        return Tensors.wrap(graph(m).op("MatrixTriangularSolve").name(name).input(of(m, matrix)).input(of(m, rhs))
                .attr("lower", Semantics.truth(m, lower)).attr("adjoint", Semantics.truth(m, adjoint)).output());
    }

    @Builtin(value = {"cholesky_solve", "linalg.cholesky_solve", "batch_cholesky_solve"}, signature = "chol, rhs, name=None", doc = "x with chol chol^T x = rhs.",
            shapes = "(n, n), (n, k) -> (n, k)",
            gradient = "drhs = cholesky_solve(chol, dy), and through both triangular solutions")
    static Object choleskySolve(Machine m, Object chol, Object rhs, String name) {
        return Tensors.wrap(LinalgOps.choleskySolve(graph(m), of(m, chol), of(m, rhs), name));
    }

    @Builtin(value = {"matrix_solve_ls", "linalg.lstsq", "batch_matrix_solve_ls"}, signature = "matrix, rhs, l2_regularizer=0.0, fast=True, name=None", doc = "The least-squares solution of matrix x = rhs.",
            shapes = "(m, n), (m, k) -> (n, k)",
            gradient = "drhs = matrix @ inverse(matrix.T @ matrix) @ dy, and through the normal equations")
    static Object leastSquares(Machine m, Object matrix, Object rhs, double l2, Object fast, String name) {
        Graph g = graph(m);
        Output a = of(m, matrix).toOutput(g, null, null, "matrix");
        if (Semantics.truth(m, fast)) {
            return Tensors.wrap(LinalgOps.leastSquares(g, a, of(m, rhs), l2, name));
        }
        return Tensors.wrap(g.op("MatrixSolveLs").name(name).input(a).input(of(m, rhs))
                .input(new PythonOperand(m, l2)).attr("fast", false).output());
    }

    @Builtin(value = {"cholesky", "linalg.cholesky", "batch_cholesky"}, signature = "input, name=None", doc = "The lower triangular L with L L^T = input.",
            gradient = "dinput = L^-T @ lower(L.T @ dL) @ L^-1, made symmetric (Murray 2016)", shapes = "(..., n, n) -> (..., n, n)")
    static Object cholesky(Machine m, Object input, String name) {
        return unary(m, "Cholesky", input, name);
    }

    @Builtin(value = {"self_adjoint_eig", "linalg.eigh", "batch_self_adjoint_eig"}, signature = "tensor, name=None", doc = "Eigenvalues, smallest first, and eigenvectors as columns of a symmetric matrix.",
            shapes = "(n, n) -> (n), (n, n)",
            gradient = "dA = V @ (diag(de) + (V.T @ dV) / (e_j - e_i)) @ V.T")
    static Object selfAdjointEig(Machine m, Object tensor, String name) {
        Operation op = graph(m).op("SelfAdjointEigV2").name(name).input(of(m, tensor)).attr("compute_v", true).operation();
        return TupleValue.of(Tensors.wrap(op.output(0)), Tensors.wrap(op.output(1)));
    }

    @Builtin(value = {"self_adjoint_eigvals", "linalg.eigvalsh", "batch_self_adjoint_eigvals"}, signature = "tensor, name=None", doc = "The eigenvalues of a symmetric matrix, smallest first.",
            shapes = "(n, n) -> (n)",
            gradient = "dA = V @ diag(de) @ V.T")
    static Object selfAdjointEigvals(Machine m, Object tensor, String name) {
        return Tensors.wrap(graph(m).op("SelfAdjointEigV2").name(name).input(of(m, tensor)).attr("compute_v", false).output());
    }

    @Builtin(value = {"svd", "linalg.svd", "batch_svd"}, signature = "tensor, full_matrices=False, compute_uv=True, name=None", doc = "Singular values, largest first, and the two orthogonal factors.",
            shapes = "(m, n) -> s (k), u (m, k), v (n, k) with k the smaller",
            gradient = "dA = U @ (diag(ds) + terms of dU and dV over s_j^2 - s_i^2) @ V.T")
    static Object svd(Machine m, Object tensor, Object full, Object vectors, String name) {
        boolean both = Semantics.truth(m, vectors);
        Operation op = graph(m).op("Svd").name(name).input(of(m, tensor)).attr("compute_uv", both)
                .attr("full_matrices", Semantics.truth(m, full)).operation();
        Object s = Tensors.wrap(op.output(0));
        return both ? TupleValue.of(s, Tensors.wrap(op.output(1)), Tensors.wrap(op.output(2))) : s;
    }

    @Builtin(value = {"qr", "linalg.qr"}, signature = "input, full_matrices=False, name=None", doc = "An orthogonal and an upper triangular factor.",
            shapes = "(m, n) -> (m, k), (k, n) with k the smaller",
            gradient = "dA = (dQ + Q @ copyltu(R @ dR.T - dQ.T @ Q)) @ R^-T")
    static Object qr(Machine m, Object input, Object full, String name) {
        return OutputTuple.of(graph(m).op("Qr").name(name).input(of(m, input)).attr("full_matrices", Semantics.truth(m, full)).operation());
    }

    @Builtin(
            value = {"einsum", "linalg.einsum"},
            signature = "equation, *inputs, name=None",
            doc = "Sums of products over named dimensions.",
            shapes = "by the letters: ij,jk->ik",
            gradient = "each input: einsum of dy with the other inputs",
            example = "tf.einsum('ij,jk->ik', a, b)")
    static Object einsum(Machine m, String equation, Object[] inputs, String name) {
        Graph g = graph(m);
        List<Output> tensors = new ArrayList<>();
        for (Object x : inputs) {
            if (!Operands.isTensor(x)) {
                throw NnError.attribute("'" + Semantics.typeOf(x).name() + "' object has no attribute 'get_shape'");
            }
            tensors.add(of(m, x).toOutput(g, null, null, "x"));
        }
        return Tensors.wrap(Einsum.of(g, equation, tensors, name));
    }
}
