package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.format.RecordFile;
import io.retrograd.graph.HostFunction;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Pipeline;
import io.retrograd.kernel.Pipelines;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import io.retrograd.tensor.random.PhiloxRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** Datasets: their sources, and what makes one of another. A dataset travels through the graph as a variant. */
final class DatasetOps {
    /** The attribute, not part of an exported graph, that holds the function of a map, filter or generator. */
    static final String FUNCTION = "_host_function";

    private DatasetOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "TensorDataset" -> new Dataset(type, "components: list(Toutput_types)", "Toutput_types: list(type)") {
                @Override
                Pipeline make(KernelContext k) {
                    return Pipelines.of(copies(k, 0, k.inputCount()));
                }
            };
            case "TensorSliceDataset" -> new Slices();
            case "RangeDataset" -> new Dataset(type, "start: int64, stop: int64, step: int64", "output_types: list(type)") {
                @Override
                Pipeline make(KernelContext k) {
                    long step = number(k, 2);
                    if (step == 0) {
                        throw NnError.invalidArgument("step must be a non-zero integer.");
                    }
                    return Pipelines.range(number(k, 0), number(k, 1), step);
                }
            };
            case "ZipDataset" -> new Dataset(type, "input_datasets: N * variant", "output_types: list(type)", "N: int") {
                @Override
                Pipeline make(KernelContext k) {
                    List<Pipeline> all = new ArrayList<>();
                    for (int i = 0; i < k.inputCount(); i++) {
                        all.add(pipeline(k.input(i)));
                    }
                    return Pipelines.zip(all);
                }
            };
            case "ConcatenateDataset" -> new Dataset(
                    type, "input_dataset: variant, another_dataset: variant", "output_types: list(type)") {
                @Override
                Pipeline make(KernelContext k) {
                    return Pipelines.concatenate(pipeline(k.input(0)), pipeline(k.input(1)));
                }
            };
            case "RepeatDataset" -> new Repeat();
            case "TakeDataset", "SkipDataset" -> new Dataset(type, "input_dataset: variant, count: int64", "output_types: list(type)") {
                @Override
                Pipeline make(KernelContext k) {
                    return type().equals("TakeDataset")
                            ? Pipelines.take(pipeline(k.input(0)), number(k, 1))
                            : Pipelines.skip(pipeline(k.input(0)), number(k, 1));
                }
            };
            case "ShardDataset" -> new Dataset(
                    type, "input_dataset: variant, num_shards: int64, index: int64", "output_types: list(type)") {
                @Override
                Pipeline make(KernelContext k) {
                    return Pipelines.shard(pipeline(k.input(0)), number(k, 1), number(k, 2));
                }
            };
            case "BatchDatasetV2" -> new Batch();
            case "PaddedBatchDatasetV2" -> new PaddedBatch();
            case "ShuffleDataset" -> new Shuffle();
            case "MapDataset" -> new Mapped(type, "input_dataset: variant, other_arguments: list(Targuments)");
            case "ParallelMapDataset" -> new Mapped(
                    type, "input_dataset: variant, other_arguments: list(Targuments), num_parallel_calls: int32");
            case "FilterDataset" -> new Mapped(type, "input_dataset: variant, other_arguments: list(Targuments)");
            case "FlatMapDataset" -> new Mapped(type, "input_dataset: variant, other_arguments: list(Targuments)");
            case "InterleaveDataset" -> new Mapped(
                    type,
                    "input_dataset: variant, other_arguments: list(Targuments), cycle_length: int64, block_length: int64");
            case "GeneratorDataset" -> new Dataset(type, "", "output_types: list(type)") {
                @Override
                Pipeline make(KernelContext k) {
                    return k.operation().attribute(FUNCTION);
                }
            };
            case "CacheDataset" -> new Dataset(type, "input_dataset: variant, filename: string", "output_types: list(type)") {
                @Override
                Pipeline make(KernelContext k) {
                    return Pipelines.cache(pipeline(k.input(0)));
                }
            };
            case "PrefetchDataset" -> new Dataset(
                    type, "input_dataset: variant, buffer_size: int64", "output_types: list(type)") {
                @Override
                Pipeline make(KernelContext k) {
                    return pipeline(k.input(0));
                }
            };
            case "OptimizeDataset" -> new Dataset(
                    type, "input_dataset: variant, optimizations: string", "output_types: list(type)",
                    "optimization_configs: list(string) = []") {
                @Override
                Pipeline make(KernelContext k) {
                    return pipeline(k.input(0));
                }
            };
            case "ModelDataset" -> new Dataset(type, "input_dataset: variant", "output_types: list(type)", "cpu_budget: int = 0") {
                @Override
                Pipeline make(KernelContext k) {
                    return pipeline(k.input(0));
                }
            };
            case "TextLineDataset" -> new TextLines();
            case "TFRecordDataset" -> new Records();
            default -> null;
        };
    }

    static Pipeline pipeline(NdArray variant) {
        return (Pipeline) variant.getObject(0);
    }

    private static long number(KernelContext k, int i) {
        return k.input(i).getLong(0);
    }

    /** Inputs from one to another, copied: their buffers will hold other values in the next run. */
    private static NdArray[] copies(KernelContext k, int from, int to) {
        NdArray[] all = new NdArray[to - from];
        for (int i = from; i < to; i++) {
            all[i - from] = k.input(i).copy();
        }
        return all;
    }

    /** An operation whose only output is a dataset. */
    abstract static class Dataset extends OpDef {
        Dataset(String type, String inputs, String... attributes) {
            super(type, inputs, "handle: variant", withShapes(attributes));
        }

        private static String[] withShapes(String... attributes) {
            String[] all = Arrays.copyOf(attributes, attributes.length + 1);
            all[attributes.length] = "output_shapes: list(shape) = []";
            return all;
        }

        abstract Pipeline make(KernelContext k);

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.scalar());
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, NdArray.wrap(DType.VARIANT, new Object[] {make(k)}));
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

    static final class Slices extends Dataset {
        Slices() {
            super("TensorSliceDataset", "components: list(Toutput_types)", "Toutput_types: list(type)");
        }

        @Override
        Pipeline make(KernelContext k) {
            NdArray[] components = copies(k, 0, k.inputCount());
            for (NdArray c : components) {
                if (c.rank() == 0) {
                    throw NnError.invalidArgument("All components must be at least 1-dimensional");
                }
                if (c.dim(0) != components[0].dim(0)) {
                    throw NnError.invalidArgument("All components must have the same size in the 0th dimension");
                }
            }
            return Pipelines.slices(components);
        }
    }

    /** Shuffled data that can also run its epochs into each other: TensorFlow fuses a repeat into the shuffle before it. */
    private record Shuffling(Pipeline input, int buffer, long seed, long seed2, Pipeline plain) implements Pipeline {
        @Override
        public Elements open() {
            return plain.open();
        }

        Pipeline repeated(long count) {
            return Pipelines.shuffle(input, buffer, count, () -> new long[] {seed, seed2});
        }
    }

    static final class Repeat extends Dataset {
        Repeat() {
            super("RepeatDataset", "input_dataset: variant, count: int64", "output_types: list(type)");
        }

        @Override
        Pipeline make(KernelContext k) {
            Pipeline input = pipeline(k.input(0));
            long count = number(k, 1);
            return input instanceof Shuffling s ? s.repeated(count) : Pipelines.repeat(input, count);
        }
    }

    static final class Shuffle extends Dataset {
        Shuffle() {
            super(
                    "ShuffleDataset",
                    "input_dataset: variant, buffer_size: int64, seed: int64, seed2: int64",
                    "output_types: list(type)",
                    "reshuffle_each_iteration: bool = true");
        }

        @Override
        Pipeline make(KernelContext k) {
            long size = number(k, 1);
            if (size <= 0) {
                throw NnError.invalidArgument("buffer_size must be greater than zero.");
            }
            int buffer = (int) Math.min(size, Integer.MAX_VALUE - 8);
            long chance = ThreadLocalRandom.current().nextLong() >>> 1;
            boolean unseeded = number(k, 2) == 0 && number(k, 3) == 0;
            long seed = unseeded ? chance : number(k, 2);
            long seed2 = unseeded ? chance >>> 20 : number(k, 3);
            Pipeline input = pipeline(k.input(0));
            if (!k.operation().flag("reshuffle_each_iteration")) {
                return Pipelines.shuffle(input, buffer, 1, () -> new long[] {seed, seed2});
            }
            PhiloxRandom.Words seeds = new PhiloxRandom(seed, seed2).words();
            Pipeline plain = Pipelines.shuffle(
                    input, buffer, 1, () -> new long[] {seeds.nextInt() & 0xffffffffL, seeds.nextInt() & 0xffffffffL});
            return new Shuffling(input, buffer, seed, seed2, plain);
        }
    }

    static final class Batch extends Dataset {
        Batch() {
            super(
                    "BatchDatasetV2",
                    "input_dataset: variant, batch_size: int64, drop_remainder: bool",
                    "parallel_copy: bool = false",
                    "output_types: list(type)");
        }

        @Override
        Pipeline make(KernelContext k) {
            if (number(k, 1) <= 0) {
                throw NnError.invalidArgument("Batch size must be greater than zero.");
            }
            return Pipelines.batch(pipeline(k.input(0)), (int) number(k, 1), k.input(2).getBoolean(0));
        }
    }

    static final class PaddedBatch extends Dataset {
        PaddedBatch() {
            super(
                    "PaddedBatchDatasetV2",
                    "input_dataset: variant, batch_size: int64, padded_shapes: N * int64, "
                            + "padding_values: list(Toutput_types), drop_remainder: bool",
                    "parallel_copy: bool = false",
                    "Toutput_types: list(type)",
                    "N: int");
        }

        @Override
        Pipeline make(KernelContext k) {
            int n = (int) k.operation().intAttribute("N");
            int[][] shapes = new int[n][];
            for (int i = 0; i < n; i++) {
                shapes[i] = k.input(2 + i).toInts();
            }
            NdArray[] values = copies(k, 2 + n, 2 + 2 * n);
            boolean drop = k.input(2 + 2 * n).getBoolean(0);
            return Pipelines.paddedBatch(pipeline(k.input(0)), (int) number(k, 1), shapes, values, drop);
        }
    }

    /** Datasets that call a function of the script, traced into a graph of its own, with what it uses from outside. */
    static final class Mapped extends Dataset {
        Mapped(String type, String inputs) {
            super(type, inputs, "Targuments: list(type)", "output_types: list(type)");
        }

        @Override
        Pipeline make(KernelContext k) {
            int captured = k.operation().<List<?>>attribute("Targuments").size();
            NdArray[] outside = copies(k, 1, 1 + captured);
            HostFunction function = k.operation().attribute(FUNCTION);
            if (function == null) {
                throw new NnError(ErrorKind.UNIMPLEMENTED_ERROR, "The function of '" + k.operation().name() + "' is not in the file that it came from");
            }
            Function<NdArray[], NdArray[]> call = element -> {
                List<NdArray> arguments = new ArrayList<>(Arrays.asList(element));
                arguments.addAll(Arrays.asList(outside));
                return function.call(arguments).toArray(new NdArray[0]);
            };
            Pipeline input = pipeline(k.input(0));
            return switch (type()) {
                case "FilterDataset" -> Pipelines.filter(input, e -> call.apply(e)[0].getBoolean(0));
                case "FlatMapDataset" -> Pipelines.flatMap(input, e -> pipeline(call.apply(e)[0]));
                case "InterleaveDataset" -> Pipelines.interleave(
                        input,
                        e -> pipeline(call.apply(e)[0]),
                        (int) number(k, 1 + captured),
                        (int) number(k, 2 + captured));
                default -> Pipelines.map(input, call);
            };
        }
    }

    static final class TextLines extends Dataset {
        TextLines() {
            super("TextLineDataset", "filenames: string, compression_type: string, buffer_size: int64");
        }

        @Override
        Pipeline make(KernelContext k) {
            NdArray names = k.input(0).copy();
            var files = k.files();
            return Pipelines.strings(() -> {
                List<byte[]> lines = new ArrayList<>();
                for (int i = 0; i < names.size(); i++) {
                    String name = new String((byte[]) names.getObject(i), StandardCharsets.UTF_8);
                    FileOps.lines(FileOps.read(files, name), lines);
                }
                return lines.iterator();
            });
        }
    }

    static final class Records extends Dataset {
        Records() {
            super("TFRecordDataset", "filenames: string, compression_type: string, buffer_size: int64");
        }

        @Override
        Pipeline make(KernelContext k) {
            List<Path> paths = new ArrayList<>();
            for (int i = 0; i < k.input(0).size(); i++) {
                String name = FileOps.text(k.input(0), i);
                Path path = k.files().readable(name);
                if (!Files.exists(path)) {
                    throw new NnError(ErrorKind.NOT_FOUND_ERROR, name + "; No such file or directory");
                }
                paths.add(path);
            }
            RecordFile.Compression compression = RecordFile.Compression.named(FileOps.text(k.input(1), 0));
            return Pipelines.strings(() -> new AllRecords(paths.iterator(), compression));
        }
    }

    /** The records of files, one file after the other. */
    private static final class AllRecords implements Iterator<byte[]> {
        private final Iterator<Path> files;
        private final RecordFile.Compression compression;
        private RecordFile.Reader reader;
        private byte[] next;

        AllRecords(Iterator<Path> files, RecordFile.Compression compression) {
            this.files = files;
            this.compression = compression;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && (reader != null || files.hasNext())) {
                    if (reader == null) {
                        reader = new RecordFile.Reader(files.next(), compression);
                    }
                    next = reader.next();
                    if (next == null) {
                        reader.close();
                        reader = null;
                    }
                }
            } catch (IOException damaged) {
                throw new NnError(ErrorKind.DATA_LOSS_ERROR, damaged.getMessage());
            }
            return next != null;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            byte[] record = next;
            next = null;
            return record;
        }
    }
}
