package io.retrograd.graph.op;

import io.retrograd.graph.OpDef;
import java.util.function.LongBinaryOperator;

/** Functions of the bits of whole numbers, pair by pair. */
final class BitOps {
    private static final String TYPES = "int8|int16|int32|int64|uint8|uint16|uint32|uint64";

    private BitOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "BitwiseAnd" -> new Bits(type, (x, y) -> x & y);
            case "BitwiseOr" -> new Bits(type, (x, y) -> x | y);
            case "BitwiseXor" -> new Bits(type, (x, y) -> x ^ y);
            case "LeftShift" -> new Bits(type, (x, y) -> x << Math.max(0, Math.min(63, y)));
            case "RightShift" -> new Bits(type, (x, y) -> x >> Math.max(0, Math.min(63, y)));
            default -> null;
        };
    }

    static final class Bits extends BinaryFunction {
        private final LongBinaryOperator rule;

        Bits(String type, LongBinaryOperator rule) {
            super(type, TYPES);
            this.rule = rule;
        }

        @Override
        double of(double x, double y) {
            return rule.applyAsLong((long) x, (long) y);
        }

        @Override
        long of(long x, long y) {
            return rule.applyAsLong(x, y);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
