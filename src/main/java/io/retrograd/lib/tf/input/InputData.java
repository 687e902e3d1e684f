package io.retrograd.lib.tf.input;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.lib.numpy.NumpyState;
import io.retrograd.lib.tf.DTypeValue;
import io.retrograd.lib.tf.SaverValue;
import io.retrograd.lib.tf.TfState;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.OptionalLong;

/** {@code tensorflow.examples.tutorials.mnist.input_data}, and the same digits as tf.keras hands them out. */
public final class InputData {
    private InputData() {}

    @Builtin(
            value = {"read_data_sets", "learn.datasets.mnist.read_data_sets"},
            signature = "train_dir, fake_data=False, one_hot=False, dtype=None, reshape=True, validation_size=5000, seed=None, "
                    + "source_url=''",
            doc = "The MNIST digits of a folder (or of $NN_DATA/mnist): train, validation and test.",
            example = "mnist = input_data.read_data_sets('MNIST_data/', one_hot=True)")
    static Object readDataSets(
            Machine m,
            Object folder,
            boolean fake,
            boolean oneHot,
            Object dtype,
            boolean reshape,
            long validation,
            Object seed,
            Object url) {
        DType type = dtype == None.NONE ? DType.FLOAT32 : DTypeValue.convert(m, dtype);
        if (type != DType.FLOAT32 && type != DType.UINT8) {
            throw NnError.type("Invalid image dtype tf." + type.tfName() + ", expected uint8 or float32");
        }
        if (fake) {
            NdArray none = NdArray.zeros(type, 0, 784);
            MnistDataSet set = new MnistDataSet(none, NdArray.zeros(DType.UINT8, 0), oneHot, true);
            return new DataSets(set, set, set);
        }
        MnistFiles files = new MnistFiles(m, SaverValue.fspath(m, folder));
        NdArray trainImages = extract(m, files, MnistFiles.TRAIN_IMAGES, true);
        NdArray trainLabels = extract(m, files, MnistFiles.TRAIN_LABELS, false);
        NdArray testImages = extract(m, files, MnistFiles.TEST_IMAGES, true);
        NdArray testLabels = extract(m, files, MnistFiles.TEST_LABELS, false);
        requirePairs(trainImages, trainLabels);
        requirePairs(testImages, testLabels);
        files.subset().ifPresent(note -> m.world().out().write(note + "\n"));
        int n = trainImages.dim(0);
        if (validation < 0 || validation > n) {
            throw NnError.value("Validation size should be between 0 and " + n + ". Received: " + validation + ".");
        }
        int v = (int) validation;
        MnistDataSet train = set(m, trainImages.rows(v, n), trainLabels.rows(v, n), type, reshape, oneHot, seed);
        MnistDataSet valid = set(m, trainImages.rows(0, v), trainLabels.rows(0, v), type, reshape, oneHot, seed);
        MnistDataSet test = set(m, testImages, testLabels, type, reshape, oneHot, seed);
        return new DataSets(train, valid, test);
    }

    private static void requirePairs(NdArray images, NdArray labels) {
        if (images.dim(0) != labels.dim(0)) {
            throw new NnError(
                    ErrorKind.ASSERTION_ERROR, "images.shape: (" + images.dim(0) + ", 28, 28, 1) labels.shape: (" + labels.dim(0) + ",)");
        }
    }

    private static NdArray extract(Machine m, MnistFiles files, String name, boolean images) {
        NdArray array = images ? files.images(name) : files.labels(name);
        m.world().out().write("Extracting " + files.shown(name) + "\n");
        return array;
    }

    private static MnistDataSet set(
            Machine m, NdArray images, NdArray labels, DType type, boolean reshape, boolean oneHot, Object seed) {
        reseed(m, seed);
        NdArray pixels = images.compact();
        NdArray typed = type == DType.FLOAT32 ? MnistDataSet.scaled(pixels) : pixels.copy();
        int n = images.dim(0);
        NdArray shaped = reshape
                ? typed.reshape(n, images.dim(1) * images.dim(2))
                : typed.reshape(n, images.dim(1), images.dim(2), 1);
        return new MnistDataSet(shaped, oneHot ? MnistDataSet.oneHot(labels) : labels.copy(), oneHot, false);
    }

    /** Each set seeds numpy's global generator: with the seed given, else the graph's, else by chance. */
    private static void reseed(Machine m, Object seed) {
        long own;
        if (seed != None.NONE) {
            own = Semantics.index(m, seed);
        } else if (TfState.of(m).graph().seed().isPresent()) {
            own = TfState.of(m).graph().seed().get();
        } else {
            OptionalLong option = m.world().seed();
            own = option.isPresent() ? option.getAsLong() : m.world().nanoTime() & 0x7fff_ffffL;
        }
        NumpyState.of(m).random().seed(own);
    }

    /** {@code tf.keras.datasets.mnist.load_data()}. */
    @Builtin(
            value = "keras.datasets.mnist.load_data",
            signature = "path='mnist.npz'",
            doc = "The MNIST digits of $NN_DATA/mnist as ((x_train, y_train), (x_test, y_test)), uint8.")
    static Object loadData(Machine m, String path) {
        MnistFiles files = new MnistFiles(m, "");
        return TupleValue.of(
                TupleValue.of(
                        new ArrayValue(files.images(MnistFiles.TRAIN_IMAGES)),
                        new ArrayValue(files.labels(MnistFiles.TRAIN_LABELS))),
                TupleValue.of(
                        new ArrayValue(files.images(MnistFiles.TEST_IMAGES)),
                        new ArrayValue(files.labels(MnistFiles.TEST_LABELS))));
    }

    /** The three sets. */
    private record DataSets(MnistDataSet train, MnistDataSet validation, MnistDataSet test) implements Value {
        private static final TypeValue TYPE = new TypeValue(
                "tensorflow.contrib.learn.python.learn.datasets.base", "Datasets", CoreTypes.OBJECT, null, null);

        @Override
        public TypeValue type() {
            return TYPE;
        }

        @Override
        public Object attribute(Machine m, String name) {
            return switch (name) {
                case "train" -> train;
                case "validation" -> validation;
                case "test" -> test;
                default -> Value.super.attribute(m, name);
            };
        }
    }
}
