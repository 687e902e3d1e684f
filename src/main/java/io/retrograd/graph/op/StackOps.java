package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayDeque;
import java.util.Deque;

/** Stacks: where a loop keeps the values that its gradient will need, iteration by iteration. */
final class StackOps {
    private StackOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "StackV2" -> new Make();
            case "StackPushV2" -> new Push();
            case "StackPopV2" -> new Pop();
            case "StackCloseV2" -> new Close();
            default -> null;
        };
    }

    /** What a handle stands for. */
    private static final class Stack {
        final Deque<NdArray> values = new ArrayDeque<>();
        final long most;

        Stack(long most) {
            this.most = most;
        }
    }

    private abstract static class StackOp extends OpDef {
        StackOp(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }

        static Stack stack(KernelContext k) {
            return (Stack) k.input(0).getObject(0);
        }
    }

    static final class Make extends StackOp {
        Make() {
            super("StackV2", "max_size: int32", "handle: resource", "elem_type: type", "stack_name: string = ");
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, NdArray.wrap(DType.RESOURCE, new Object[] {new Stack(k.input(0).getLong(0))}));
        }
    }

    static final class Push extends StackOp {
        Push() {
            super("StackPushV2", "handle: resource, elem: T", "output: T", "T: type", "swap_memory: bool = false");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.input(1));
        }

        @Override
        public void compute(KernelContext k) {
            Stack stack = stack(k);
            if (stack.most >= 0 && stack.values.size() >= stack.most) {
                throw NnError.invalidArgument("Stack[" + k.operation().name() + "] overflowed its max_size (" + stack.most + ")");
            }
            stack.values.push(k.keep(1));
            k.forward(0, k.input(1));
        }

        @Override
        public int keptInput() {
            return 1;
        }
    }

    static final class Pop extends StackOp {
        Pop() {
            super("StackPopV2", "handle: resource", "elem: elem_type", "elem_type: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.unknown());
        }

        @Override
        public void compute(KernelContext k) {
            Stack stack = stack(k);
            if (stack.values.isEmpty()) {
                throw NnError.invalidArgument("Stack[" + k.operation().name() + "] is empty when calling Pop().");
            }
            k.forward(0, stack.values.pop());
        }

        @Override
        public boolean foresees() {
            return true;
        }

        @Override
        public boolean foreseesElements() {
            return true;
        }

        @Override
        public NdArray foresee(Operation operation, NdArray handle) {
            return ((Stack) handle.getObject(0)).values.peek();
        }
    }

    static final class Close extends StackOp {
        Close() {
            super("StackCloseV2", "handle: resource", "");
        }

        @Override
        public void infer(ShapeContext c) {}

        @Override
        public void compute(KernelContext k) {
            stack(k).values.clear();
        }
    }
}
