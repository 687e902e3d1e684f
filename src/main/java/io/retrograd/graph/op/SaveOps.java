package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.Checkpoint;
import io.retrograd.format.TensorSlice;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a Saver runs: tensors to a checkpoint and back. */
final class SaveOps {
    private SaveOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "SaveV2" -> new SaveV2();
            case "RestoreV2" -> new RestoreV2();
            default -> null;
        };
    }

    private static String text(NdArray strings, int i) {
        return new String((byte[]) strings.getObject(i), StandardCharsets.UTF_8);
    }

    static final class SaveV2 extends OpDef {
        SaveV2() {
            super("SaveV2", "prefix: string, tensor_names: string, shape_and_slices: string, tensors: list(dtypes)", "",
                    "dtypes: list(type)");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 0);
        }

        @Override
        public void compute(KernelContext k) {
            String name = text(k.input(0), 0);
            Path prefix = k.files().writable(name);
            List<Checkpoint.Saved> tensors = new ArrayList<>();
            Set<String> keys = new HashSet<>();
            for (int i = 0; i < k.input(1).size(); i++) {
                String key = text(k.input(1), i);
                String part = text(k.input(2), i);
                if (!keys.add(key + "\0" + part)) {
                    throw NnError.invalidArgument("Adding duplicate key: " + key);
                }
                NdArray value = k.input(3 + i);
                tensors.add(part.isEmpty() ? Checkpoint.Saved.of(key, value)
                        : new Checkpoint.Saved(key, value, Optional.of(TensorSlice.parse(part)), TensorSlice.wholeOf(part)));
            }
            Path folder = prefix.getParent();
            try {
                if (!Files.isDirectory(folder)) {
                    // One missing level is made, more are a mistake, as in TensorFlow.
                    Files.createDirectory(folder);
                }
                Checkpoint.write(prefix, tensors);
            } catch (IOException failure) {
                boolean denied = failure instanceof AccessDeniedException;
                throw new NnError(
                        denied ? ErrorKind.PERMISSION_DENIED_ERROR : ErrorKind.NOT_FOUND_ERROR,
                        name + ".index" + (denied ? "; Permission denied" : "; No such file or directory"));
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

    static final class RestoreV2 extends OpDef {
        RestoreV2() {
            super("RestoreV2", "prefix: string, tensor_names: string, shape_and_slices: string", "tensors: list(dtypes)",
                    "dtypes: list(type)");
        }

        @Override
        public void infer(ShapeContext c) {
            for (int i = 0; i < c.operation().outputCount(); i++) {
                c.output(i, Shape.unknown());
            }
        }

        @Override
        public void compute(KernelContext k) {
            String name = text(k.input(0), 0);
            Checkpoint checkpoint = Checkpoint.open(k.files().readable(name), name);
            List<DType> types = k.operation().attribute("dtypes");
            for (int i = 0; i < types.size(); i++) {
                String key = text(k.input(1), i);
                NdArray value = checkpoint.read(key);
                if (value.dtype() != types.get(i)) {
                    throw NnError.invalidArgument("tensor_name = " + key + "; expected dtype " + types.get(i).typeName()
                            + " does not equal original dtype " + value.dtype().typeName());
                }
                String part = text(k.input(2), i);
                k.forward(i, part.isEmpty() ? value : TensorSlice.parse(part).of(value).compact());
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
