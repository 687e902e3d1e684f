package io.retrograd.cli;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.exchange.MetaGraphs;
import io.retrograd.exchange.SavedModels;
import io.retrograd.exchange.TensorProtos;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.graph.op.StandardOps;
import io.retrograd.kernel.Kernels;
import io.retrograd.lib.numpy.NpyFormat;
import io.retrograd.session.PlanKey;
import io.retrograd.session.Session;
import io.retrograd.session.SessionOptions;
import io.retrograd.tensor.ArrayFormat;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.tensorflow.framework.MetaGraphDef;
import org.tensorflow.framework.SignatureDef;
import org.tensorflow.framework.TensorInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn run MODEL_DIR}: runs a SavedModel on arrays in files. */
@Command(name = "run", sortOptions = false, description = "Runs a SavedModel: arrays from files in, arrays printed or written.")
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL_DIR", description = "The folder of a SavedModel.")
    private String folder;

    @Option(names = "--signature", paramLabel = "NAME", description = "Which signature to run (default: ${DEFAULT-VALUE}).")
    private String signature = "serving_default";

    @Option(names = "--tags", split = ",", paramLabel = "TAG", description = "Which graph of the model (default: serve).")
    private List<String> tags = new ArrayList<>(List.of("serve"));

    @Option(names = "--inputs", arity = "1..*", paramLabel = "NAME=FILE.npy", description = "An input of the signature, from a .npy file.")
    private List<String> inputs = new ArrayList<>();

    @Option(names = "--outputs", split = ",", paramLabel = "NAME", description = "Compute these outputs only (default: all of the signature).")
    private List<String> wantedOutputs = new ArrayList<>();

    @Option(names = "-o", paramLabel = "[NAME=]FILE.npy", description = "Write an output there instead of printing it.")
    private List<String> outputs = new ArrayList<>();

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() {
        ProcessWorld world = new ProcessWorld(List.of(folder), OptionalLong.empty(), Runtime.getRuntime().availableProcessors(), Kernels.bySize());
        try {
            run(world);
            world.flush();
            return ExitStatus.OK;
        } catch (NnError mistake) {
            world.err().write("nn: " + mistake.getMessage() + "\n" + (mistake.help().isEmpty() ? "" : "  = help: " + mistake.help() + "\n"));
            return mistake instanceof Misuse ? ExitStatus.USAGE : ExitStatus.SCRIPT_ERROR;
        } catch (StandardStream.ClosedPipe nobodyReads) {
            return ExitStatus.OK;
        }
    }

    /** Something is wrong with the command and not with the model. */
    private static final class Misuse extends NnError {
        private static final long serialVersionUID = 1L;

        Misuse(String message) {
            super(ErrorKind.VALUE_ERROR, message);
        }
    }

    private void run(ProcessWorld world) {
        if (!SavedModels.isIn(Path.of(folder))) {
            throw new Misuse("'" + folder + "' holds no SavedModel: there is no " + SavedModels.BINARY + " or " + SavedModels.TEXT + " in it");
        }
        MetaGraphDef meta = SavedModels.metaGraph(SavedModels.read(Path.of(folder), folder), tags);
        SignatureDef wanted = SavedModels.signature(meta, signature);
        Map<String, String> files = inputFiles(wanted, meta);
        List<String> names = outputNames(wanted);
        Map<String, String> writes = outputFiles(wanted, names);
        Graph graph = new Graph(new StandardOps());
        SessionOptions options = new SessionOptions(
                world.threads(), Kernels.bySize(), () -> { }, world.files(), line -> world.err().write(line + "\n"));
        try (Session session = new Session(graph, options)) {
            SavedModels.load(session, meta, folder + (folder.endsWith("/") ? "" : "/") + SavedModels.VARIABLES, "");
            List<Output> feeds = new ArrayList<>();
            List<NdArray> values = new ArrayList<>();
            files.forEach((name, file) -> {
                Output tensor = MetaGraphs.tensor(graph, wanted.getInputsOrThrow(name).getName());
                feeds.add(tensor);
                values.add(value(file, tensor));
            });
            List<Output> fetches = new ArrayList<>();
            names.forEach(name -> fetches.add(MetaGraphs.tensor(graph, wanted.getOutputsOrThrow(name).getName())));
            NdArray[] results = session.run(new PlanKey(fetches, List.of(), feeds), values.toArray(new NdArray[0]));
            for (int i = 0; i < results.length; i++) {
                put(world, names.get(i), results[i], writes);
            }
        }
    }

    /** The files of the inputs; one that the graph has a value of its own for may be left out. */
    private Map<String, String> inputFiles(SignatureDef wanted, MetaGraphDef meta) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String given : inputs) {
            int equals = given.indexOf('=');
            String name = equals < 0 ? given : given.substring(0, equals);
            if (equals < 0 || !wanted.containsInputs(name)) {
                throw new Misuse(
                        equals < 0 ? "--inputs takes NAME=FILE.npy, not '" + given + "'" : "the signature has no input '" + name + "'; " + described(wanted));
            }
            files.put(name, given.substring(equals + 1));
        }
        for (String name : new TreeMap<>(wanted.getInputsMap()).keySet()) {
            String operation = wanted.getInputsOrThrow(name).getName().split(":")[0];
            boolean optional = meta.getGraphDef().getNodeList().stream()
                    .anyMatch(node -> node.getName().equals(operation) && node.getOp().equals("PlaceholderWithDefault"));
            if (!files.containsKey(name) && !optional) {
                throw new Misuse("the input '" + name + "' is missing; " + described(wanted));
            }
        }
        return files;
    }

    private static String described(SignatureDef wanted) {
        return "the signature takes " + described(wanted.getInputsMap()) + " and gives " + described(wanted.getOutputsMap());
    }

    private static String described(Map<String, TensorInfo> infos) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(infos).forEach((name, info) -> parts.add(name + ": "
                + DType.ofTfNumber(info.getDtypeValue()).map(DType::tfName).orElse("?") + " " + TensorProtos.shape(info.getTensorShape())));
        return parts.isEmpty() ? "nothing" : String.join(", ", parts);
    }

    private List<String> outputNames(SignatureDef wanted) {
        for (String name : wantedOutputs) {
            if (!wanted.containsOutputs(name)) {
                throw new Misuse("the signature has no output '" + name + "'; " + described(wanted));
            }
        }
        return wantedOutputs.isEmpty() ? List.copyOf(new TreeMap<>(wanted.getOutputsMap()).keySet()) : wantedOutputs;
    }

    private Map<String, String> outputFiles(SignatureDef wanted, List<String> names) {
        Map<String, String> files = new LinkedHashMap<>();
        for (String given : outputs) {
            int equals = given.indexOf('=');
            String name = equals < 0 ? "" : given.substring(0, equals);
            if (equals < 0 && names.size() == 1) {
                files.put(names.get(0), given);
            } else if (names.contains(name)) {
                files.put(name, given.substring(equals + 1));
            } else {
                throw new Misuse("-o takes NAME=FILE.npy with the name of an output; " + described(wanted));
            }
        }
        return files;
    }

    private static NdArray value(String file, Output tensor) {
        NdArray array;
        try {
            array = NpyFormat.read(Files.readAllBytes(Path.of(file)), file);
        } catch (NoSuchFileException missing) {
            throw new Misuse("there is no file '" + file + "'");
        } catch (IOException failure) {
            throw new Misuse("cannot read '" + file + "': " + failure.getMessage());
        }
        Session.checkShape(tensor, array);
        if ((array.dtype() == DType.STRING) != (tensor.dtype() == DType.STRING)) {
            throw NnError.value("'" + file + "' holds elements of type " + array.dtype().tfName() + ", the input takes " + tensor.dtype().tfName());
        }
        return array.dtype() == tensor.dtype() ? array : array.astype(tensor.dtype());
    }

    private static void put(ProcessWorld world, String name, NdArray result, Map<String, String> writes) {
        String file = writes.get(name);
        if (file == null) {
            world.out().write("Result for output key " + name + ":\n" + ArrayFormat.str(result) + "\n");
            return;
        }
        try {
            Files.write(Path.of(file), NpyFormat.write(result));
        } catch (IOException failure) {
            throw new Misuse("cannot write '" + file + "': " + failure.getMessage());
        }
    }
}
