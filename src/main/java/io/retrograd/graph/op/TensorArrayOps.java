package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.TensorArray;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrays of tensors that loops write and read, element by element. */
final class TensorArrayOps {
    private TensorArrayOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "TensorArrayV3" -> new Make();
            case "TensorArrayGradV3" -> new Grad();
            case "TensorArrayWriteV3" -> new Write();
            case "TensorArrayReadV3" -> new Read();
            case "TensorArrayGatherV3" -> new Gather();
            case "TensorArrayScatterV3" -> new Scatter();
            case "TensorArrayConcatV3" -> new Concat();
            case "TensorArraySplitV3" -> new Split();
            case "TensorArraySizeV3" -> new Size();
            case "TensorArrayCloseV3" -> new Close();
            default -> null;
        };
    }

    private abstract static class ArrayOp extends OpDef {
        private static final int ASK_EVERY = 1 << 10;

        ArrayOp(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        /** Asks now and then whether the elements are still wanted. */
        static void ask(int i) {
            if ((i & ASK_EVERY - 1) == 0) {
                StopCheck.ask();
            }
        }

        static TensorArrayState array(KernelContext k) {
            return (TensorArrayState) k.input(0).getObject(0);
        }

        static NdArray handle(TensorArrayState state) {
            return NdArray.wrap(DType.RESOURCE, new Object[] {state});
        }

        /** The flow is a number that nobody looks at; it orders reads after writes. */
        static void flow(KernelContext k, int output) {
            k.forward(output, NdArray.scalar(0f));
        }

        /** The array of gradients that belongs to an upstream gradient. */
        static TensorArray gradients(GradientContext g, DType dtype, Output upstream, Output flow) {
            return TensorArray.of(g.graph(), dtype, g.input(0), flow).gradient(TensorArray.source(upstream), flow);
        }
    }

    static final class Make extends ArrayOp {
        Make() {
            super("TensorArrayV3", "size: int32", "handle: resource, flow: float", "dtype: type", "element_shape: shape = ?",
                    "dynamic_size: bool = false", "clear_after_read: bool = true", "identical_element_shapes: bool = false",
                    "tensor_array_name: string = ");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(2));
            c.output(1, Shape.scalar());
        }

        @Override
        public void compute(KernelContext k) {
            var op = k.operation();
            k.forward(0, handle(new TensorArrayState(op.name(), op.typeAttribute("dtype"), k.input(0).getInt(0),
                    op.flag("dynamic_size"), op.flag("clear_after_read"), op.shapeAttribute("element_shape"),
                    op.flag("identical_element_shapes"), false)));
            flow(k, 1);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Grad extends ArrayOp {
        Grad() {
            super("TensorArrayGradV3", "handle: resource, flow_in: float", "grad_handle: resource, flow_out: float", "source: string");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(2));
            c.output(1, Shape.scalar());
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, handle(array(k).gradient(k.operation().attribute("source"))));
            flow(k, 1);
        }

        @Override
        public boolean foresees() {
            return true;
        }

        @Override
        public NdArray foresee(Operation operation, NdArray handle) {
            return handle(((TensorArrayState) handle.getObject(0)).gradient(operation.attribute("source")));
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Write extends ArrayOp {
        Write() {
            super("TensorArrayWriteV3", "handle: resource, index: int32, value: T, flow_in: float", "flow_out: float", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            array(k).write(k.input(1).getInt(0), k.keep(2));
            flow(k, 0);
        }

        @Override
        public int keptInput() {
            return 2;
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            var flow = g.dense(0);
            var grad = gradients(g, g.operation().typeAttribute("T"), flow, flow).read(g.input(1), null);
            return new Gradient[] {null, null, grad, flow};
        }
    }

    static final class Read extends ArrayOp {
        Read() {
            super("TensorArrayReadV3", "handle: resource, index: int32, flow_in: float", "value: dtype", "dtype: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.unknown());
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, array(k).read(k.input(1).getInt(0)));
        }

        @Override
        public boolean foresees() {
            return true;
        }

        @Override
        public NdArray foresee(Operation operation, NdArray handle) {
            return ((TensorArrayState) handle.getObject(0)).sample();
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            var grad = g.dense(0);
            TensorArray all = gradients(g, g.operation().typeAttribute("dtype"), grad, g.input(2));
            return new Gradient[] {null, null, all.write(g.input(1), grad, null).flow()};
        }
    }

    static final class Gather extends ArrayOp {
        Gather() {
            super("TensorArrayGatherV3", "handle: resource, indices: int32, flow_in: float", "value: dtype", "dtype: type",
                    "element_shape: shape = ?");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(Shape.UNKNOWN).concatenate(c.operation().shapeAttribute("element_shape")));
        }

        @Override
        public void compute(KernelContext k) {
            TensorArrayState array = array(k);
            NdArray indices = k.input(1);
            List<NdArray> parts = new ArrayList<>();
            for (int i = 0; i < indices.size(); i++) {
                ask(i);
                parts.add(array.read(indices.getInt(i)));
            }
            Shape known = k.operation().shapeAttribute("element_shape");
            int[] element = parts.isEmpty() ? known.isFullyDefined() ? known.toInts() : new int[0] : parts.get(0).shape();
            int[] shape = new int[element.length + 1];
            shape[0] = parts.size();
            System.arraycopy(element, 0, shape, 1, element.length);
            NdArray all = k.output(0, shape);
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).hasShape(element)) {
                    throw NnError.invalidArgument("TensorArray has inconsistent shapes.  Index 0 has shape: "
                            + Shape.of(element).toBrackets() + " but index " + i + " has shape: "
                            + Shape.of(parts.get(i).shape()).toBrackets());
                }
                parts.get(i).copyTo(all.data(), i * parts.get(i).size());
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            var grad = g.dense(0);
            TensorArray all = gradients(g, g.operation().typeAttribute("dtype"), grad, g.input(2));
            return new Gradient[] {null, null, all.scatter(g.input(1), grad, null).flow()};
        }
    }

    static final class Scatter extends ArrayOp {
        Scatter() {
            super("TensorArrayScatterV3", "handle: resource, indices: int32, value: T, flow_in: float", "flow_out: float", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            TensorArrayState array = array(k);
            NdArray indices = k.input(1);
            NdArray value = k.input(2);
            if (value.rank() < 1 || value.dim(0) != indices.size()) {
                throw NnError.invalidArgument("Expected len(indices) == values.shape[0], but saw: " + indices.size() + " vs. "
                        + (value.rank() < 1 ? 0 : value.dim(0)));
            }
            for (int i = 0; i < indices.size(); i++) {
                ask(i);
                array.write(indices.getInt(i), value.at(0, i).copy());
            }
            flow(k, 0);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            var flow = g.dense(0);
            var grad = gradients(g, g.operation().typeAttribute("T"), flow, flow).gather(g.input(1), null);
            return new Gradient[] {null, null, grad, flow};
        }
    }

    static final class Concat extends ArrayOp {
        Concat() {
            super("TensorArrayConcatV3", "handle: resource, flow_in: float", "value: dtype, lengths: int64", "dtype: type",
                    "element_shape_except0: shape = ?");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.unknown());
            c.output(1, Shape.of(Shape.UNKNOWN));
        }

        @Override
        public void compute(KernelContext k) {
            TensorArrayState array = array(k);
            List<NdArray> parts = new ArrayList<>();
            int rows = 0;
            for (int i = 0; i < array.size(); i++) {
                NdArray part = array.read(i);
                if (part.rank() == 0) {
                    throw NnError.invalidArgument("Concat saw a scalar shape at index " + i
                            + " but requires at least vectors.  Did you mean to call pack?");
                }
                parts.add(part);
                rows += part.dim(0);
            }
            int[] shape = parts.isEmpty() ? new int[] {0} : parts.get(0).shape();
            shape[0] = rows;
            NdArray all = k.output(0, shape);
            NdArray lengths = k.output(1, parts.size());
            int at = 0;
            for (int i = 0; i < parts.size(); i++) {
                parts.get(i).copyTo(all.data(), at);
                at += parts.get(i).size();
                lengths.setLong(i, parts.get(i).dim(0));
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            var grad = g.dense(0);
            TensorArray all = gradients(g, g.operation().typeAttribute("dtype"), grad, g.input(1));
            return new Gradient[] {null, all.split(grad, g.output(1), null).flow()};
        }
    }

    static final class Split extends ArrayOp {
        Split() {
            super("TensorArraySplitV3", "handle: resource, value: T, lengths: int64, flow_in: float", "flow_out: float", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            TensorArrayState array = array(k);
            NdArray value = k.input(1);
            NdArray lengths = k.input(2);
            int at = 0;
            for (int i = 0; i < lengths.size(); i++) {
                int n = lengths.getInt(i);
                if (at + n > value.dim(0)) {
                    throw NnError.invalidArgument("Expected sum of lengths to be equal to values.shape[0], but sum of lengths is "
                            + (at + n) + " and value's shape is: " + Shape.of(value.shape()).toBrackets());
                }
                array.write(i, value.rows(at, at + n).copy());
                at += n;
            }
            flow(k, 0);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            var flow = g.dense(0);
            var grad = gradients(g, g.operation().typeAttribute("T"), flow, flow).concat(null);
            return new Gradient[] {null, grad, null, flow};
        }
    }

    static final class Size extends ArrayOp {
        Size() {
            super("TensorArraySizeV3", "handle: resource, flow_in: float", "size: int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            k.output(0).ints()[0] = array(k).size();
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Close extends ArrayOp {
        Close() {
            super("TensorArrayCloseV3", "handle: resource", "");
        }

        @Override
        public void infer(ShapeContext c) {}

        @Override
        public void compute(KernelContext k) {
            array(k).clear();
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
