package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** tf.summary: operations whose values TensorBoard draws, and the writer of its files. */
public final class SummaryFunctions {
    private static final String SUMMARIES = "summaries";

    private SummaryFunctions() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    private static Literal text(String s) {
        return Literal.of(NdArray.scalar(s.getBytes(StandardCharsets.UTF_8)));
    }

    /** The name with what TensorBoard's tags do not allow replaced. */
    private static String clean(Machine m, String name) {
        StringBuilder out = new StringBuilder();
        for (char c : name.toCharArray()) {
            boolean plain = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-/_.".indexOf(c) >= 0;
            out.append(plain ? c : '_');
        }
        while (out.length() > 0 && out.charAt(0) == '/') {
            out.deleteCharAt(0);
        }
        if (!out.toString().equals(name)) {
            HostFunctions.info(m, "Summary name " + name + " is illegal; using " + out + " instead.");
        }
        return out.toString();
    }

    private interface Maker {
        Output make(Graph g, String tag, NameScope scope);
    }

    private static Object summary(Machine m, String name, String family, Object collections, Maker maker) {
        Graph g = graph(m);
        String cleaned = clean(m, name);
        String scoped = family == null ? cleaned : clean(m, family) + "/" + cleaned;
        try (NameScope scope = g.nameScope(scoped)) {
            String path = scope.path().substring(0, scope.path().length() - 1);
            Output made = maker.make(g, family == null ? path : clean(m, family) + "/" + path, scope);
            collect(m, g, made, collections);
            return Tensors.wrap(made);
        }
    }

    private static void collect(Machine m, Graph g, Output made, Object collections) {
        if (collections == None.NONE) {
            g.addToCollection(SUMMARIES, made);
            return;
        }
        Iteration keys = Semantics.iterate(m, collections);
        for (Object key = keys.next(m); key != null; key = keys.next(m)) {
            m.step();
            g.addToCollection(Semantics.str(m, key), made);
        }
    }

    @Builtin(
            value = "summary.scalar",
            signature = "name, tensor, collections=None, family=None",
            doc = "A number to be drawn over the steps.")
    public static Object scalar(Machine m, String name, Object tensor, Object collections, String family) {
        return summary(m, name, family, collections, (g, tag, scope) ->
                g.op("ScalarSummary").name(scope.path()).input(text(tag)).input(Operands.of(m, tensor)).output());
    }

    @Builtin(
            value = "summary.histogram",
            signature = "name, values, collections=None, family=None",
            doc = "How values are spread, drawn over the steps.")
    static Object histogram(Machine m, String name, Object values, Object collections, String family) {
        return summary(m, name, family, collections, (g, tag, scope) ->
                g.op("HistogramSummary").name(scope.path()).input(text(tag)).input(Operands.of(m, values)).output());
    }

    @Builtin(
            value = "summary.image",
            signature = "name, tensor, max_outputs=3, collections=None, family=None",
            doc = "Pictures: (batch, height, width, channels) with 1, 3 or 4 channels.")
    static Object image(Machine m, String name, Object tensor, long most, Object collections, String family) {
        return summary(m, name, family, collections, (g, tag, scope) -> g.op("ImageSummary").name(scope.path())
                .input(text(tag)).input(Operands.of(m, tensor)).attr("max_images", most).output());
    }

    @Builtin(
            value = "summary.text",
            signature = "name, tensor, collections=None",
            doc = "Text that TensorBoard shows for the step.",
            example = "tf.summary.text('note', tf.constant('so far so good'))")
    static Object textSummary(Machine m, String name, Object tensor, Object collections) {
        Output x = Operands.of(m, tensor).toOutput(graph(m), null, null, "Const");
        if (x.dtype() != DType.STRING) {
            throw NnError.value("Expected tensor " + x.name() + " to have dtype string, got <dtype: '" + x.dtype().tfName() + "'>");
        }
        return ofTensor(m, name, x, TEXT_PLUGIN, collections, null);
    }

    @Builtin(
            value = "summary.tensor_summary",
            signature = "name, tensor, summary_description=None, collections=None, summary_metadata=None, family=None, display_name=None",
            doc = "A whole tensor, for a plugin of TensorBoard.")
    static Object tensorSummary(
            Machine m, String name, Object tensor, Object description, Object collections, Object metadata, String family, Object display) {
        byte[] told = metadata == None.NONE ? new byte[0] : ((BytesValue) Semantics.callMethod(m, metadata, "SerializeToString")).bytes();
        return ofTensor(m, name, Operands.of(m, tensor).toOutput(graph(m), null, null, "Const"), told, collections, family);
    }

    /** A SummaryMetadata that names the plugin called text. */
    private static final byte[] TEXT_PLUGIN = {0x0a, 0x06, 0x0a, 0x04, 't', 'e', 'x', 't'};

    private static Object ofTensor(Machine m, String name, Output x, byte[] metadata, Object collections, String family) {
        return summary(m, name, family, collections, (g, tag, scope) -> g.op("TensorSummaryV2").name(scope.path())
                .input(text(tag)).input(x).input(Literal.of(NdArray.scalar(metadata))).output());
    }

    @Builtin(
            value = "summary.merge",
            signature = "inputs, collections=None, name=None",
            doc = "Several summaries as one.")
    static Object merge(Machine m, Object inputs, Object collections, String name) {
        List<Operand> parts = new ArrayList<>();
        Iteration all = Semantics.iterate(m, inputs);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            parts.add(Operands.of(m, x));
        }
        Graph g = graph(m);
        try (NameScope scope = g.nameScope(name == null ? "Merge" : name)) {
            Output made = g.op("MergeSummary").name(name == null ? "MergeSummary" : name).inputs(parts).output();
            if (collections != None.NONE) {
                collect(m, g, made, collections);
            }
            return Tensors.wrap(made);
        }
    }

    @Builtin(
            value = {"summary.merge_all", "merge_all_summaries"},
            signature = "key='summaries', scope=None, name=None",
            doc = "All summaries of the graph as one; None if there are none.")
    static Object mergeAll(Machine m, String key, String scope, String name) {
        List<Object> parts = new ArrayList<>();
        for (Object o : graph(m).collection(key)) {
            if (o instanceof Output out && (scope == null || out.operation().name().startsWith(scope))) {
                parts.add(Tensors.wrap(out));
            }
        }
        return parts.isEmpty()
                ? None.NONE
                : merge(m, ListValue.of(parts.toArray()), None.NONE, name);
    }

    // The names before 1.0: the tag as given.

    @Builtin(
            value = {"scalar_summary", "contrib.deprecated.scalar_summary"},
            signature = "tags, values, collections=None, name=None",
            doc = "The old name of tf.summary.scalar.")
    static Object scalarSummary(Machine m, Object tags, Object values, Object collections, String name) {
        return old(m, "ScalarSummary", tags, values, collections, name);
    }

    @Builtin(
            value = {"histogram_summary", "contrib.deprecated.histogram_summary"},
            signature = "tag, values, collections=None, name=None",
            doc = "The old name of tf.summary.histogram.")
    static Object histogramSummary(Machine m, Object tag, Object values, Object collections, String name) {
        return old(m, "HistogramSummary", tag, values, collections, name);
    }

    @Builtin(
            value = {"image_summary", "contrib.deprecated.image_summary"},
            signature = "tag, tensor, max_images=3, collections=None, name=None",
            doc = "The old name of tf.summary.image.")
    static Object imageSummary(Machine m, Object tag, Object tensor, long most, Object collections, String name) {
        Graph g = graph(m);
        Output made = g.op("ImageSummary").name(name).input(Operands.of(m, tag)).input(Operands.of(m, tensor))
                .attr("max_images", most).output();
        collect(m, g, made, collections);
        return Tensors.wrap(made);
    }

    @Builtin(
            value = {"merge_summary", "contrib.deprecated.merge_summary"},
            signature = "inputs, collections=None, name=None",
            doc = "The old name of tf.summary.merge.")
    static Object mergeSummary(Machine m, Object inputs, Object collections, String name) {
        return merge(m, inputs, collections, name == null ? "MergeSummary" : name);
    }

    private static Object old(Machine m, String type, Object tag, Object values, Object collections, String name) {
        Graph g = graph(m);
        Output made = g.op(type).name(name).input(Operands.of(m, tag)).input(Operands.of(m, values)).output();
        collect(m, g, made, collections);
        return Tensors.wrap(made);
    }

    @Builtin(
            value = {"summary.FileWriter", "train.SummaryWriter"},
            signature = "logdir, graph=None, max_queue=10, flush_secs=120, graph_def=None, filename_suffix=None, session=None",
            doc = "Writes event files that TensorBoard reads.",
            example = "writer = tf.summary.FileWriter('./logs', sess.graph)")
    static Object fileWriter(
            Machine m,
            Object logdir,
            Object graph,
            Object queue,
            Object seconds,
            Object graphDef,
            String suffix,
            Object session) {
        FileWriterValue writer = new FileWriterValue(m, SaverValue.fspath(m, logdir), suffix == null ? "" : suffix);
        if (graph instanceof GraphValue g) {
            writer.start(m, g.graph());
        } else if (graph != None.NONE || graphDef != None.NONE) {
            FileWriterValue.addGraph(m, writer, graph != None.NONE ? graph : graphDef, None.NONE, None.NONE);
        }
        return writer;
    }
}
