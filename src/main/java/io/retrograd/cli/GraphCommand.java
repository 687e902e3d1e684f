package io.retrograd.cli;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lib.tf.TfState;
import io.retrograd.show.GraphFile;
import io.retrograd.show.GraphView;
import io.retrograd.show.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nn graph SCRIPT -o FILE}: draws the graph that a script builds, or that a file of TensorFlow's holds. */
@Command(name = "graph", sortOptions = false, description = "Runs a script and draws the graph that it built; or reads a graph that TensorFlow wrote.")
final class GraphCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SCRIPT", description = "A .nn or .py file, or a notebook; or a graph: .pb, .pbtxt, .meta, or a SavedModel's folder.")
    private String script;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGS", description = "The script's arguments and options; behind -- also those that this command has.")
    private List<String> arguments = new ArrayList<>();

    @Option(names = "-o", paramLabel = "FILE", description = "What to write: .svg, .png, .dot, .html, .pbtxt or .pb. Without it the operations of a written graph are listed.")
    private String file = "";

    @Option(names = "--no-gradients", description = "Leave out backpropagation and updates.")
    private boolean withoutGradients;

    @Option(names = "--of", paramLabel = "TENSOR", description = "Only what this tensor is computed from.")
    private String of = "";

    @Option(names = "--fold", description = "Draw every outermost scope as one node.")
    private boolean fold;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() {
        boolean written = WrittenGraph.isNamedBy(script);
        if (file.isEmpty() && !written) {
            System.err.println("nn: nn graph needs -o FILE; see 'nn graph --help'");
            return ExitStatus.USAGE;
        }
        Optional<String> problem = file.isEmpty() ? Optional.empty() : GraphFile.problem(file).or(() -> OutputFile.problem(file));
        if (problem.isPresent()) {
            System.err.println("nn: " + problem.get());
            return ExitStatus.USAGE;
        }
        WatchedScript watched = new WatchedScript(script, arguments, null, false);
        return written ? look(watched) : watched.start(this::draw);
    }

    private int look(WatchedScript watched) {
        try {
            WrittenGraph read = WrittenGraph.read(script);
            watched.complain(read.complaint());
            if (file.isEmpty()) {
                watched.show(read.list());
                return ExitStatus.OK;
            }
            return draw(watched, read.graph(), Names.none());
        } catch (NnError noGraph) {
            return watched.refuse(noGraph.getMessage());
        } catch (StandardStream.ClosedPipe nobodyReads) {
            return ExitStatus.OK;
        }
    }

    private int draw(WatchedScript watched) {
        NnError error = null;
        try {
            watched.run();
        } catch (NnError problem) {
            error = problem;
            watched.complain(watched.interpreter().render(problem, watched.coloursOnError()));
        }
        Graph graph = TfState.of(watched.interpreter().machine()).largestGraph();
        if (graph.operations().isEmpty()) {
            watched.complain("nn: the script built no graph\n");
            return ExitStatus.SCRIPT_ERROR;
        }
        int status = draw(watched, graph, Names.of(watched.interpreter().variables(), graph));
        return error != null && status == ExitStatus.OK ? ExitStatus.SCRIPT_ERROR : status;
    }

    private int draw(WatchedScript watched, Graph graph, Names names) {
        Output tensor = null;
        if (!of.isEmpty()) {
            tensor = find(graph, names);
            if (tensor == null) {
                watched.complain("nn: the graph has no tensor '" + of + "'\n");
                return ExitStatus.USAGE;
            }
        }
        GraphView.Choice choice = new GraphView.Choice(!withoutGradients, tensor, fold ? GraphView.Fold.SCOPES : GraphView.Fold.NONE);
        GraphView.Fold folded = GraphFile.foldOf(file, graph, names, choice);
        if (folded != choice.fold()) {
            watched.complain("nn: the graph is too large to draw each of its " + graph.operations().size() + " operations: "
                    + switch (folded) {
                        case SCOPES -> "scopes are";
                        case NAMES -> "what leads to a tensor that the script names is";
                        default -> "what a line of the script made is";
                    }
                    + " drawn as one node; .dot and .pbtxt have them all\n");
        }
        Optional<String> failure = OutputFile.write(file, GraphFile.of(file, graph, names, choice));
        if (failure.isPresent()) {
            return watched.refuse(failure.get());
        }
        return ExitStatus.OK;
    }

    private Output find(Graph graph, Names names) {
        for (Operation op : graph.operations()) {
            for (Output o : op.outputs()) {
                if (names.of(o).equals(of) || o.name().equals(of) || op.name().equals(of)) {
                    return o;
                }
            }
        }
        return null;
    }
}
