package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.Checkpoint;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.numpy.ArrayValue;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checkpoint's tensors by name, without a graph: what {@code tf.train.NewCheckpointReader} gives. */
record CheckpointReaderValue(Checkpoint file, String name) implements Value {
    private static final TypeValue TYPE = new TypeValue("tensorflow.python.pywrap_tensorflow_internal", "CheckpointReader", CoreTypes.OBJECT, null, null);

    /** Opens the checkpoint whose files begin with that path; NotFoundError if there is none. */
    static CheckpointReaderValue open(Machine m, String prefix) {
        Path path = m.world().files().readable(prefix);
        if (!Files.isRegularFile(Checkpoint.indexFile(path))) {
            throw new NnError(ErrorKind.NOT_FOUND_ERROR,
                    "Unsuccessful TensorSliceReader constructor: Failed to find any matching files for " + prefix);
        }
        return new CheckpointReaderValue(Checkpoint.open(path, prefix), prefix);
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        return switch (attribute) {
            case "get_variable_to_shape_map" -> new NativeFunction(attribute, (machine, a) -> {
                DictValue all = new DictValue();
                for (String key : file.keys()) {
                    ListValue sizes = new ListValue();
                    for (int i = 0; i < file.shape(key).get().rank(); i++) {
                        sizes.add((long) file.shape(key).get().dim(i));
                    }
                    all.putText(key, sizes);
                }
                return all;
            });
            case "get_variable_to_dtype_map" -> new NativeFunction(attribute, (machine, a) -> {
                DictValue all = new DictValue();
                for (String key : file.keys()) {
                    all.putText(key, DTypeValue.of(file.dtype(key).get()));
                }
                return all;
            });
            case "has_tensor" -> new NativeFunction(attribute, (machine, a) -> file.keys().contains(a[0]));
            case "get_tensor" -> new NativeFunction(attribute, (machine, a) -> {
                if (!file.keys().contains(a[0])) {
                    throw new NnError(ErrorKind.NOT_FOUND_ERROR, "Key " + a[0] + " not found in checkpoint");
                }
                return new ArrayValue(file.read((String) a[0]));
            });
            default -> Value.super.attribute(m, attribute);
        };
    }
}
