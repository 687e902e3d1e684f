package io.retrograd.lib.tf.input;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.lib.numpy.NumpyState;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.random.RandomState;
import java.util.Arrays;

/**
 * A set of digits that is handed out in batches. Each epoch is shuffled anew with numpy's global generator, which
 * is how a script's seed decides the batches.
 */
final class MnistDataSet implements Value {
    static final TypeValue TYPE = TypeValue.opaque(
            "tensorflow.contrib.learn.python.learn.datasets.mnist", "DataSet", MnistDataSetTable.TABLE);
    private static final int FAKE_PIXELS = 784;

    private NdArray images;
    private NdArray labels;
    private final boolean oneHot;
    private final boolean fake;
    private int epochs;
    private int index;

    MnistDataSet(NdArray images, NdArray labels, boolean oneHot, boolean fake) {
        this.images = images;
        this.labels = labels;
        this.oneHot = oneHot;
        this.fake = fake;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private int size() {
        return images.dim(0);
    }

    private static NdArray join(NdArray first, NdArray second) {
        int[] shape = first.shape().clone();
        shape[0] = first.dim(0) + second.dim(0);
        NdArray whole = NdArray.zeros(first.dtype(), shape);
        whole.rows(0, first.dim(0)).assign(first);
        whole.rows(first.dim(0), shape[0]).assign(second);
        return whole;
    }

    private static NdArray reorder(NdArray array, int[] order) {
        NdArray to = NdArray.zeros(array.dtype(), array.shape());
        for (int i = 0; i < order.length; i++) {
            to.rows(i, i + 1).assign(array.rows(order[i], order[i] + 1));
        }
        return to;
    }

    private void shuffle(Machine m) {
        int n = size();
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        RandomState random = NumpyState.of(m).random();
        for (int i = n - 1; i > 0; i--) {
            int j = (int) random.interval(i);
            int keep = order[i];
            order[i] = order[j];
            order[j] = keep;
        }
        images = reorder(images, order);
        labels = reorder(labels, order);
    }

    @Builtin(
            value = "next_batch",
            signature = "batch_size, fake_data=False, shuffle=True",
            method = true,
            doc = "The next so many images and labels; after an epoch the digits are shuffled anew.",
            example = "xs, ys = mnist.train.next_batch(100)")
    static Object nextBatch(Machine m, MnistDataSet self, int batch, boolean fakeData, boolean shuffle) {
        if (fakeData || self.fake) {
            return self.fakeBatch(batch);
        }
        int start = self.index;
        int n = self.size();
        if (self.epochs == 0 && start == 0 && shuffle) {
            self.shuffle(m);
        }
        if (start + batch <= n) {
            self.index += batch;
            return TupleValue.of(
                    new ArrayValue(self.images.rows(start, self.index)), new ArrayValue(self.labels.rows(start, self.index)));
        }
        self.epochs++;
        NdArray restImages = self.images.rows(start, n).copy();
        NdArray restLabels = self.labels.rows(start, n).copy();
        if (shuffle) {
            self.shuffle(m);
        }
        self.index = batch - (n - start);
        int end = Math.min(self.index, n);
        return TupleValue.of(
                new ArrayValue(join(restImages, self.images.rows(0, end))),
                new ArrayValue(join(restLabels, self.labels.rows(0, end))));
    }

    private Object fakeBatch(int batch) {
        Object[] pixels = new Object[FAKE_PIXELS];
        Arrays.fill(pixels, 1L);
        Object[] images = new Object[batch];
        Object[] labels = new Object[batch];
        for (int i = 0; i < batch; i++) {
            images[i] = ListValue.of(pixels.clone());
            labels[i] = oneHot ? ListValue.of(1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L) : (Object) 0L;
        }
        return TupleValue.of(ListValue.of(images), ListValue.of(labels));
    }

    @Builtin(value = "images", property = true, doc = "All images in their present order.")
    static Object images(Machine m, MnistDataSet self) {
        return new ArrayValue(self.images);
    }

    @Builtin(value = "labels", property = true, doc = "All labels in their present order.")
    static Object labels(Machine m, MnistDataSet self) {
        return new ArrayValue(self.labels);
    }

    @Builtin(value = "num_examples", property = true, doc = "How many digits there are.")
    static long numExamples(Machine m, MnistDataSet self) {
        return self.fake ? 10_000 : self.size();
    }

    @Builtin(value = "epochs_completed", property = true, doc = "How often all digits were handed out.")
    static long epochsCompleted(Machine m, MnistDataSet self) {
        return self.epochs;
    }

    @Builtin(value = "_index_in_epoch", property = true, doc = "How many digits of this epoch were handed out.")
    static long indexInEpoch(Machine m, MnistDataSet self) {
        return self.index;
    }

    /** Pixels as TensorFlow scales them: times 1/255 in float32. */
    static NdArray scaled(NdArray bytes) {
        NdArray floats = NdArray.zeros(DType.FLOAT32, bytes.shape());
        float[] to = floats.floats();
        byte[] from = bytes.bytes();
        float scale = (float) (1.0 / 255.0);
        for (int i = 0; i < to.length; i++) {
            to[i] = (from[i] & 0xff) * scale;
        }
        return floats;
    }

    /** Class numbers as rows with a single 1. */
    static NdArray oneHot(NdArray labels) {
        NdArray rows = NdArray.zeros(DType.FLOAT64, labels.size(), 10);
        for (int i = 0; i < labels.size(); i++) {
            rows.doubles()[i * 10 + labels.getInt(i)] = 1;
        }
        return rows;
    }
}
