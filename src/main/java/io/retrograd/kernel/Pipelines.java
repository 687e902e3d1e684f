package io.retrograd.kernel;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.limit.Budget;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.random.PhiloxRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The datasets of {@code tf.data}: sources, and what is made of other datasets. */
public final class Pipelines {
    private static final int ASK_EVERY = 1 << 8;

    private Pipelines() {}

    /** A single element. */
    public static Pipeline of(NdArray[] element) {
        return () -> {
            boolean[] done = {false};
            return () -> {
                NdArray[] next = done[0] ? null : element;
                done[0] = true;
                return next;
            };
        };
    }

    /** One element for each slice along the first dimension. */
    public static Pipeline slices(NdArray[] components) {
        int n = components[0].dim(0);
        return () -> {
            int[] next = {0};
            return () -> {
                if (next[0] >= n) {
                    return null;
                }
                NdArray[] element = new NdArray[components.length];
                for (int i = 0; i < element.length; i++) {
                    element[i] = components[i].at(0, next[0]).copy();
                }
                next[0]++;
                return element;
            };
        };
    }

    /** int64 numbers. */
    public static Pipeline range(long start, long stop, long step) {
        return () -> {
            long[] next = {start};
            return () -> {
                if (step > 0 ? next[0] >= stop : next[0] <= stop) {
                    return null;
                }
                NdArray[] element = {NdArray.scalar(next[0])};
                next[0] += step;
                return element;
            };
        };
    }

    /** Elements side by side, until the shortest ends. */
    public static Pipeline zip(List<Pipeline> inputs) {
        return () -> {
            List<Pipeline.Elements> all = inputs.stream().map(Pipeline::open).toList();
            return () -> {
                List<NdArray> element = new ArrayList<>();
                for (Pipeline.Elements e : all) {
                    NdArray[] part = e.next();
                    if (part == null) {
                        return null;
                    }
                    element.addAll(Arrays.asList(part));
                }
                return element.toArray(new NdArray[0]);
            };
        };
    }

    /** One dataset after another. */
    public static Pipeline concatenate(Pipeline first, Pipeline second) {
        return () -> {
            Pipeline.Elements[] now = {first.open(), null};
            return () -> {
                NdArray[] next = now[1] == null ? now[0].next() : now[1].next();
                if (next == null && now[1] == null) {
                    now[1] = second.open();
                    next = now[1].next();
                }
                return next;
            };
        };
    }

    /** The dataset so many times over; −1 is without end. */
    public static Pipeline repeat(Pipeline input, long count) {
        return () -> new Pipeline.Elements() {
            private Pipeline.Elements now;
            private long done;

            @Override
            public NdArray[] next() {
                while (count < 0 || done < count) {
                    boolean first = now == null;
                    if (first) {
                        now = input.open();
                    }
                    NdArray[] element = now.next();
                    if (element != null) {
                        return element;
                    }
                    now = null;
                    done++;
                    if (first && count < 0) {
                        // Without end, but there is nothing to repeat.
                        return null;
                    }
                }
                return null;
            }
        };
    }

    /** The first elements; −1 is all. */
    public static Pipeline take(Pipeline input, long count) {
        return () -> {
            Pipeline.Elements all = input.open();
            long[] taken = {0};
            return () -> count >= 0 && taken[0]++ >= count ? null : all.next();
        };
    }

    /** All but the first elements; −1 is none. */
    public static Pipeline skip(Pipeline input, long count) {
        return () -> {
            Pipeline.Elements all = input.open();
            long[] left = {count < 0 ? Long.MAX_VALUE : count};
            return () -> {
                for (; left[0] > 0; left[0]--) {
                    if (all.next() == null) {
                        return null;
                    }
                }
                return all.next();
            };
        };
    }

    /** Every so many-th element, from one on. */
    public static Pipeline shard(Pipeline input, long count, long index) {
        return () -> {
            Pipeline.Elements all = input.open();
            long[] at = {0};
            return () -> {
                while (true) {
                    NdArray[] next = all.next();
                    if (next == null || at[0]++ % count == index) {
                        return next;
                    }
                }
            };
        };
    }

    /** Elements stacked along a new first dimension. */
    public static Pipeline batch(Pipeline input, int size, boolean dropRest) {
        return () -> {
            Pipeline.Elements all = input.open();
            return () -> {
                List<NdArray[]> rows = rows(all, size);
                return rows.isEmpty() || dropRest && rows.size() < size ? null : stack(rows);
            };
        };
    }

    private static List<NdArray[]> rows(Pipeline.Elements all, int size) {
        List<NdArray[]> rows = new ArrayList<>();
        long bytes = 0;
        while (rows.size() < size) {
            if ((rows.size() & ASK_EVERY - 1) == 0) {
                StopCheck.ask();
                Budget.require(bytes);
            }
            NdArray[] next = all.next();
            if (next == null) {
                break;
            }
            for (NdArray each : next) {
                bytes += Budget.ELEMENT + (long) each.size() * each.dtype().byteSize();
            }
            rows.add(next);
        }
        return rows;
    }

    private static NdArray[] stack(List<NdArray[]> rows) {
        NdArray[] first = rows.get(0);
        NdArray[] batch = new NdArray[first.length];
        for (int c = 0; c < batch.length; c++) {
            int[] shape = new int[first[c].rank() + 1];
            shape[0] = rows.size();
            System.arraycopy(first[c].shape(), 0, shape, 1, shape.length - 1);
            batch[c] = NdArray.zeros(first[c].dtype(), shape);
            for (int i = 0; i < rows.size(); i++) {
                NdArray row = rows.get(i)[c];
                if (!row.hasShapeOf(first[c])) {
                    throw NnError.invalidArgument("Cannot batch tensors with different shapes in component " + c
                            + ". First element had shape " + Broadcast.brackets(first[c].shape()) + " and element " + i
                            + " had shape " + Broadcast.brackets(row.shape()) + ".");
                }
                Blocks.copy(row.contiguous(), 0, batch[c], i * row.size(), row.size());
            }
        }
        return batch;
    }

    /**
     * Elements padded to one shape and stacked.
     *
     * @param shapes the shape of each component; a dimension of −1 takes the batch's largest
     * @param values what fills the margins, a scalar each
     */
    public static Pipeline paddedBatch(Pipeline input, int size, int[][] shapes, NdArray[] values, boolean dropRest) {
        return () -> {
            Pipeline.Elements all = input.open();
            return () -> {
                List<NdArray[]> rows = rows(all, size);
                if (rows.isEmpty() || dropRest && rows.size() < size) {
                    return null;
                }
                List<NdArray[]> padded = new ArrayList<>();
                for (NdArray[] row : rows) {
                    padded.add(new NdArray[row.length]);
                }
                for (int c = 0; c < shapes.length; c++) {
                    int[] shape = shapes[c].clone();
                    for (int d = 0; d < shape.length; d++) {
                        for (NdArray[] row : rows) {
                            if (shapes[c][d] < 0) {
                                shape[d] = Math.max(shape[d], row[c].dim(d));
                            } else if (row[c].dim(d) > shape[d]) {
                                throw new NnError(ErrorKind.DATA_LOSS_ERROR, "Attempted to pad to a smaller size than the "
                                        + "input element.");
                            }
                        }
                    }
                    for (int i = 0; i < rows.size(); i++) {
                        NdArray whole = NdArray.zeros(rows.get(i)[c].dtype(), shape);
                        Blocks.fill(whole, values[c]);
                        NdArray part = whole;
                        for (int d = 0; d < shape.length; d++) {
                            part = part.slice(d, 0, rows.get(i)[c].dim(d), 1);
                        }
                        part.assign(rows.get(i)[c]);
                        padded.get(i)[c] = whole;
                    }
                }
                return stack(padded);
            };
        };
    }

    /** What a function makes of each element. */
    public static Pipeline map(Pipeline input, Function<NdArray[], NdArray[]> function) {
        return () -> {
            Pipeline.Elements all = input.open();
            return () -> {
                NdArray[] next = all.next();
                return next == null ? null : function.apply(next);
            };
        };
    }

    /** The elements that pass a test. */
    public static Pipeline filter(Pipeline input, Predicate<NdArray[]> test) {
        return () -> {
            Pipeline.Elements all = input.open();
            return () -> {
                NdArray[] next = all.next();
                while (next != null && !test.test(next)) {
                    next = all.next();
                }
                return next;
            };
        };
    }

    /** The elements of the datasets that a function makes of each element: one dataset after the other. */
    public static Pipeline flatMap(Pipeline input, Function<NdArray[], Pipeline> function) {
        return interleave(input, function, 1, 1);
    }

    /** As {@link #flatMap}, going round {@code cycle} datasets at a time and taking {@code block} elements of each. */
    public static Pipeline interleave(Pipeline input, Function<NdArray[], Pipeline> function, int cycle, int block) {
        return () -> new Pipeline.Elements() {
            private final Pipeline.Elements outer = input.open();
            private final Pipeline.Elements[] open = new Pipeline.Elements[cycle];
            private boolean ended;
            private int at;
            private int taken;
            private int live;

            @Override
            public NdArray[] next() {
                while (!ended || live > 0) {
                    if (open[at] == null && !ended) {
                        NdArray[] next = outer.next();
                        ended = next == null;
                        if (next != null) {
                            open[at] = function.apply(next).open();
                            live++;
                        }
                    }
                    if (open[at] != null) {
                        NdArray[] element = open[at].next();
                        if (element != null) {
                            if (++taken == block) {
                                advance();
                            }
                            return element;
                        }
                        open[at] = null;
                        live--;
                        if (cycle > 1) {
                            advance();
                        }
                        continue;
                    }
                    advance();
                }
                return null;
            }

            private void advance() {
                at = (at + 1) % cycle;
                taken = 0;
            }
        };
    }

    /** The elements, kept after the first pass. */
    public static Pipeline cache(Pipeline input) {
        List<NdArray[]> kept = new ArrayList<>();
        boolean[] complete = {false};
        return () -> {
            if (complete[0]) {
                var iterator = kept.iterator();
                return () -> iterator.hasNext() ? iterator.next() : null;
            }
            Pipeline.Elements all = input.open();
            List<NdArray[]> seen = new ArrayList<>();
            return () -> {
                NdArray[] next = all.next();
                if (next != null) {
                    seen.add(next);
                } else if (!complete[0]) {
                    complete[0] = true;
                    kept.addAll(seen);
                }
                return next;
            };
        };
    }

    /**
     * Elements drawn at random from a buffer that is refilled from the input.
     *
     * @param count how many times to go through the input, epochs following each other in the buffer; −1 without end
     * @param seeds gives the two seeds of each pass
     */
    public static Pipeline shuffle(Pipeline input, int buffer, long count, Supplier<long[]> seeds) {
        return () -> new Shuffled(input, buffer, count, seeds.get());
    }

    /** TensorFlow's shuffling: elements leave one epoch's slice of the buffer before those of the next. */
    private static final class Shuffled implements Pipeline.Elements {
        private final Pipeline input;
        private final NdArray[][] buffer;
        private final long count;
        private final PhiloxRandom.Words random;
        private final Deque<long[]> slices = new ArrayDeque<>();
        private Pipeline.Elements now;
        private boolean started;
        private long epoch;
        private int held;

        Shuffled(Pipeline input, int size, long count, long[] seeds) {
            this.input = input;
            this.buffer = new NdArray[size][];
            this.count = count;
            this.random = new PhiloxRandom(seeds[0], seeds[1]).words();
            slices.add(new long[] {0, 0});
        }

        @Override
        public NdArray[] next() {
            boolean first = !started;
            if (first) {
                now = input.open();
                started = true;
            }
            while (now != null && held < buffer.length) {
                NdArray[] next = null;
                while (count < 0 || epoch < count) {
                    next = now.next();
                    if (next != null) {
                        first = false;
                        break;
                    }
                    if (first && count < 0) {
                        return null;
                    }
                    epoch++;
                    long end = slices.getLast()[1];
                    slices.add(new long[] {end, end});
                    now = input.open();
                }
                if (next == null) {
                    now = null;
                } else {
                    buffer[(int) (slices.getLast()[1] % buffer.length)] = next;
                    held++;
                    slices.getLast()[1]++;
                }
                if (slices.size() > 10) {
                    break;
                }
            }
            if (held == 0) {
                return null;
            }
            while (slices.getFirst()[0] == slices.getFirst()[1]) {
                slices.removeFirst();
            }
            long[] slice = slices.getFirst();
            long offset = (random.nextInt() & 0xffffffffL) % (slice[1] - slice[0]);
            int at = (int) ((slice[0] + offset) % buffer.length);
            int start = (int) (slice[0] % buffer.length);
            NdArray[] element = buffer[at];
            buffer[at] = buffer[start];
            buffer[start] = null;
            slice[0]++;
            held--;
            return element;
        }
    }

    /** Lines of a text, or records of a file, read by somebody else. */
    public static Pipeline strings(Supplier<Iterator<byte[]>> source) {
        return () -> {
            Iterator<byte[]> all = source.get();
            return () -> all.hasNext() ? new NdArray[] {NdArray.wrap(DType.STRING, new Object[] {all.next()})} : null;
        };
    }
}
