package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.exchange.GraphDefs;
import io.retrograd.exchange.MetaGraphs;
import io.retrograd.format.EventFile;
import io.retrograd.graph.Graph;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.message.MessageValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.tensorflow.framework.Summary;

/** {@code tf.summary.FileWriter}: an event file in a folder, opened with its first event. */
public final class FileWriterValue implements Value {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.summary.writer.writer", "FileWriter", CoreTypes.OBJECT, FileWriterValueTable.TABLE, null);

    private final String folder;
    private final String suffix;
    private final Set<String> runTags = new HashSet<>();
    private EventFile file;
    private boolean closed;

    FileWriterValue(Machine m, String folder, String suffix) {
        this.folder = folder;
        this.suffix = suffix;
        try {
            Files.createDirectories(m.world().files().writable(folder));
        } catch (IOException failure) {
            throw cannot(folder, failure);
        }
    }

    private static NnError cannot(String what, IOException failure) {
        return new NnError(ErrorKind.OS_ERROR, "cannot write to " + what + ": " + failure.getMessage());
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    private static double now(Machine m) {
        return m.world().nanosSinceEpoch() / 1e9;
    }

    private interface Writing {
        void write(EventFile file, double time) throws IOException;
    }

    /** A step as Python's int() makes it, since steps are counted in variables of any type. */
    public static long number(Machine m, Object step) {
        if (step == None.NONE) {
            return 0;
        }
        return Semantics.indexOrNull(m, step) == null ? (long) Semantics.real(m, step) : Semantics.index(m, step);
    }

    private void write(Machine m, Writing writing) {
        if (closed) {
            m.world().err().write("WARNING:tensorflow:Attempting to use a closed FileWriter. The operation will be a noop "
                    + "unless the FileWriter is explicitly reopened.\n");
            return;
        }
        try {
            writing.write(file(m), now(m));
        } catch (IOException failure) {
            throw cannot(folder, failure);
        }
    }

    private EventFile file(Machine m) throws IOException {
        if (file == null) {
            String seconds = Long.toString(m.world().nanosSinceEpoch() / 1_000_000_000L);
            String name = "events.out.tfevents." + "0000000000".substring(Math.min(10, seconds.length())) + seconds + "."
                    + host() + suffix;
            Path path = m.world().files().writable(folder).resolve(name);
            file = new EventFile(path, now(m));
        }
        return file;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    /** What the constructor writes when it is given a graph. */
    void start(Machine m, Graph graph) {
        write(m, (f, time) -> f.graph(time, 0, GraphDefs.of(graph, true).toByteArray()));
        write(m, (f, time) -> f.metaGraph(time, 0, MetaGraphs.of(graph, null, 0).toByteArray()));
    }

    @Builtin(
            value = "add_summary",
            signature = "summary, global_step=None",
            method = true,
            doc = "Adds the value of a summary operation at that step.")
    static void addSummary(Machine m, FileWriterValue self, Object summary, Object step) {
        byte[] message = summary instanceof BytesValue b ? b.bytes()
                : summary instanceof MessageValue v && v.descriptor() == Summary.getDescriptor()
                        ? v.message().toByteArray() : null;
        if (message == null) {
            throw NnError.type("add_summary takes what running a summary operation answers, not "
                    + Semantics.typeOf(summary).name());
        }
        long at = number(m, step);
        self.write(m, (f, time) -> f.summary(time, at, message));
    }

    @Builtin(value = "add_graph", signature = "graph, global_step=None, graph_def=None", method = true, doc = "Adds a graph to be drawn.")
    static void addGraph(Machine m, FileWriterValue self, Object graph, Object step, Object graphDef) {
        byte[] message = graph instanceof GraphValue g
                ? GraphDefs.of(g.graph(), true).toByteArray()
                : GraphExchange.graphDef(
                                graph, "The passed graph must be an instance of `Graph` or the deprecated `GraphDef`")
                        .toByteArray();
        long at = number(m, step);
        self.write(m, (f, time) -> f.graph(time, at, message));
    }

    @Builtin(
            value = "add_run_metadata",
            signature = "run_metadata, tag, global_step=None",
            method = true,
            doc = "Adds what a run recorded about itself.")
    static void addRunMetadata(Machine m, FileWriterValue self, Object metadata, String tag, Object step) {
        if (!self.runTags.add(tag)) {
            throw NnError.value("The provided tag was already used for this event type");
        }
        long at = number(m, step);
        byte[] bytes = metadata instanceof MessageValue
                ? ((BytesValue) Semantics.callMethod(m, metadata, "SerializeToString")).bytes() : new byte[0];
        self.write(m, (f, time) -> f.runMetadata(time, at, tag, bytes));
    }

    @Builtin(value = "flush", method = true, doc = "Hands all events to the system.")
    static void flush(Machine m, FileWriterValue self) {
        self.write(m, (f, time) -> f.flush());
    }

    @Builtin(value = "close", method = true, doc = "Closes the file.")
    static void close(Machine m, FileWriterValue self) {
        if (!self.closed) {
            self.write(m, (f, time) -> f.close());
            self.closed = true;
            self.file = null;
        }
    }

    @Builtin(value = "reopen", method = true, doc = "Goes on in a new file after close.")
    static void reopen(Machine m, FileWriterValue self) {
        self.closed = false;
    }

    @Builtin(value = "get_logdir", method = true, doc = "The folder of the event files.")
    static String getLogdir(Machine m, FileWriterValue self) {
        return self.folder;
    }

    @Builtin(value = "__enter__", method = true, doc = "The writer itself.")
    static Object enter(Machine m, FileWriterValue self) {
        return self;
    }

    @Builtin(value = "__exit__", signature = "exc_type=None, exc_value=None, traceback=None", method = true, doc = "Closes the file.")
    static boolean exit(Machine m, FileWriterValue self, Object type, Object value, Object traceback) {
        close(m, self);
        return false;
    }
}
