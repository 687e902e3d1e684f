package io.retrograd.train;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;

/** Python's operators on tensors, for rules and schedules that are formulas: each makes the operation that the operator makes. */
record Arithmetic(Graph graph, DType dtype) {

    Output add(Operand a, Operand b) {
        return graph.op("AddV2").name("add").input(a).input(b).output();
    }

    Output sub(Operand a, Operand b) {
        return graph.op("Sub").name("sub").input(a).input(b).output();
    }

    Output mul(Operand a, Operand b) {
        return graph.op("Mul").name("mul").input(a).input(b).output();
    }

    Output div(Operand a, Operand b) {
        return graph.op("RealDiv").name("truediv").input(a).input(b).output();
    }

    /** {@code number - a}. */
    Output minus(double number, Output a) {
        return graph.op("Sub").name("sub").attr("T", dtype).input(Literal.of(number)).input(a).output();
    }

    Output op(String type, Operand a) {
        return graph.op(type).input(a).output();
    }
}
