package io.retrograd.graph.op;

import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.Shape;

/**
 * Accumulators of gradients, in which the servers of a cluster gather what several workers computed. They are run by
 * TensorFlow's runtime alone: a single process has nobody to wait for.
 */
final class AccumulatorOps {
    private AccumulatorOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "ResourceConditionalAccumulator" -> new Accumulator(
                    type, "", "handle: resource", "dtype: type", "shape: shape", "container: string = ", "shared_name: string = ",
                    "reduction_type: string = MEAN");
            case "ResourceAccumulatorApplyGradient" ->
                new Accumulator(type, "handle: resource, local_step: int64, gradient: dtype", "", "dtype: type");
            case "ResourceAccumulatorTakeGradient" ->
                new Accumulator(type, "handle: resource, num_required: int32", "average: dtype", "dtype: type");
            case "ResourceAccumulatorSetGlobalStep" -> new Accumulator(type, "handle: resource, new_global_step: int64", "");
            case "ResourceAccumulatorNumAccumulated" -> new Accumulator(type, "handle: resource", "num_accumulated: int32");
            default -> null;
        };
    }

    private static final class Accumulator extends OpDef {
        Accumulator(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        @Override
        public void infer(ShapeContext c) {
            switch (type()) {
                case "ResourceConditionalAccumulator" -> c.output(0, Shape.of(2));
                case "ResourceAccumulatorTakeGradient" -> c.output(0, c.operation().input(0).operation().shapeAttribute("shape"));
                case "ResourceAccumulatorNumAccumulated" -> c.output(0, Shape.scalar());
                default -> { }
            }
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
