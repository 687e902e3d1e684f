package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.exchange.MetaGraphs;
import io.retrograd.format.Checkpoint;
import io.retrograd.format.CheckpointState;
import io.retrograd.format.WholeFile;
import io.retrograd.graph.Variable;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.message.MessageValue;
import io.retrograd.train.SaverGraph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.util.SaverDef;

/** {@code tf.train.Saver}: saves variables to checkpoints, keeps the newest few, and restores them. */
public final class SaverValue implements Value {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.training.saver",
            "Saver",
            CoreTypes.OBJECT,
            SaverValueTable.TABLE,
            (m, arguments, keywords) -> TrainFunctionsTable.TABLE.find("train.Saver").call(m, arguments, keywords));

    private final SaverGraph graph;
    private final long maxToKeep;
    private final double keepEverySeconds;
    private final boolean padStep;
    private final List<Kept> kept = new ArrayList<>();
    private double nextForever;

    /** A checkpoint that this saver wrote, and when. */
    private record Kept(String path, double seconds) {}

    SaverValue(Machine m, SaverGraph graph, long maxToKeep, double keepEveryHours, boolean padStep) {
        this.graph = graph;
        this.maxToKeep = maxToKeep;
        this.keepEverySeconds = keepEveryHours * 3600;
        this.padStep = padStep;
        this.nextForever = now(m) + keepEverySeconds;
    }

    SaverGraph graph() {
        return graph;
    }

    private static double now(Machine m) {
        return m.world().nanosSinceEpoch() / 1e9;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    /** The variables that a Saver is given: a list, a dict by names, or all of the graph's. */
    static Map<String, Variable> variables(Machine m, Object given) {
        Map<String, Variable> map = new LinkedHashMap<>();
        if (given == None.NONE) {
            for (Object v : TfState.of(m).graph().collection("variables")) {
                add(map, ((Variable) v).operation().name(), (Variable) v);
            }
        } else if (given instanceof DictValue dict) {
            Iteration keys = dict.iterate(m);
            for (Object key = keys.next(m); key != null; key = keys.next(m)) {
                m.step();
                map.put(Semantics.str(m, key), variable(m, dict.item(m, key)));
            }
        } else if (given instanceof VariableValue || given instanceof TensorValue || given instanceof String) {
            throw NnError.type("Variables to save should be passed in a dict or a list: " + Semantics.str(m, given));
        } else {
            Iteration all = Semantics.iterate(m, given);
            for (Object x = all.next(m); x != null; x = all.next(m)) {
                m.step();
                Variable v = variable(m, x);
                add(map, v.operation().name(), v);
            }
        }
        return map;
    }

    private static void add(Map<String, Variable> map, String key, Variable v) {
        if (map.put(key, v) != null) {
            throw NnError.value("At least two variables have the same name: " + key);
        }
    }

    private static Variable variable(Machine m, Object x) {
        if (x instanceof VariableValue v) {
            return v.variable();
        }
        throw NnError.type("Variable to save is not a Variable: " + Semantics.str(m, x));
    }

    @Builtin(
            value = "save",
            signature = "sess, save_path, global_step=None, latest_filename=None, meta_graph_suffix='meta', "
                    + "write_meta_graph=True, write_state=True, strip_default_attrs=False, save_debug_info=False",
            method = true,
            doc = "Writes a checkpoint and answers its prefix; older ones than max_to_keep are deleted.",
            example = "saver.save(sess, './model/net', global_step=step)")
    static Object save(
            Machine m,
            SaverValue self,
            Object session,
            Object path,
            Object globalStep,
            String latest,
            String suffix,
            boolean writeMeta,
            boolean writeState,
            boolean strip,
            boolean debugInfo) {
        SessionValue sess = session(m, session);
        String latestName = latest == null ? "checkpoint" : latest;
        String file = fspath(m, path);
        if (latestName.indexOf('/') >= 0) {
            throw NnError.value("'latest_filename' must not contain path components");
        }
        if (globalStep != None.NONE) {
            Object step = globalStep instanceof TensorValue || globalStep instanceof VariableValue
                    ? sess.run(m, globalStep, None.NONE)
                    : globalStep;
            String digits = Long.toString(Semantics.index(m, step));
            file = file + "-" + (self.padStep ? "00000000".substring(Math.min(8, digits.length())) + digits : digits);
        } else if (basename(file).equals(latestName)) {
            throw NnError.value("'latest_filename' collides with 'save_path': '" + latestName + "' and '" + file + "'");
        }
        Path prefix = m.world().files().writable(file);
        String result;
        try {
            Object saved = sess.run(m, Tensors.wrap(self.graph.save()), feed(m, self.graph, file));
            result = text(m, saved);
        } catch (NnError failure) {
            if (failure.kind().isA(ErrorKind.NOT_FOUND_ERROR) && !Files.isDirectory(prefix.getParent())) {
                throw NnError.value("Parent directory of " + file + " doesn't exist, can't save.")
                        .help("make the folder first, e.g. os.makedirs('" + dirname(file) + "')");
            }
            throw failure;
        }
        if (writeState) {
            // A kill in between leaves a file too many, never a listed checkpoint that is gone.
            List<String> superfluous = self.remember(m, result);
            self.writeState(m, result, latestName);
            superfluous.forEach(old -> delete(m, old));
        }
        if (writeMeta) {
            writeMeta(m, self, result + "." + suffix);
        }
        return result;
    }

    /** The graph beside the weights, so that it can be rebuilt without its script. */
    private static void writeMeta(Machine m, SaverValue self, String file) {
        byte[] meta = MetaGraphs.of(self.graph.filename().graph(), self.graph, self.maxToKeep).toByteArray();
        Path path = m.world().files().writable(file);
        try {
            WholeFile.write(path, meta);
        } catch (IOException failure) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot write " + file + ": " + failure.getMessage());
        }
    }

    /** Adds a checkpoint to those kept, and answers which are to be deleted. */
    private List<String> remember(Machine m, String path) {
        kept.removeIf(k -> k.path.equals(path));
        kept.add(new Kept(path, now(m)));
        List<String> superfluous = new ArrayList<>();
        if (maxToKeep <= 0) {
            kept.subList(0, kept.size() - 1).clear();
            return superfluous;
        }
        while (kept.size() > maxToKeep) {
            Kept oldest = kept.remove(0);
            if (oldest.seconds > nextForever) {
                nextForever += keepEverySeconds;
                continue;
            }
            superfluous.add(oldest.path);
        }
        return superfluous;
    }

    private static void delete(Machine m, String path) {
        Path prefix = m.world().files().writable(path);
        try {
            Files.deleteIfExists(Checkpoint.indexFile(prefix));
            Files.deleteIfExists(Checkpoint.dataFile(prefix, 0, 1));
            Files.deleteIfExists(prefix.resolveSibling(prefix.getFileName() + ".meta"));
        } catch (IOException stays) {
            m.world().err().write("WARNING:tensorflow:Ignoring: could not delete the old checkpoint " + path + "\n");
        }
    }

    private void writeState(Machine m, String newest, String latestName) {
        String folder = dirname(newest);
        List<String> all = new ArrayList<>();
        for (Kept k : kept) {
            all.add(asListed(k.path, folder));
        }
        Path file = m.world().files().writable((folder.isEmpty() ? "." : folder) + "/" + latestName);
        try {
            new CheckpointState(asListed(newest, folder), all).write(file);
        } catch (IOException failure) {
            throw new NnError(ErrorKind.OS_ERROR, "cannot write " + file + ": " + failure.getMessage());
        }
    }

    /** Below a relative folder paths are listed from there; absolute ones as they are. */
    private static String asListed(String path, String folder) {
        return !folder.startsWith("/") && !folder.isEmpty() && path.startsWith(folder + "/")
                ? path.substring(folder.length() + 1)
                : path;
    }

    @Builtin(
            value = "restore",
            signature = "sess, save_path",
            method = true,
            doc = "Gives the variables the values of a checkpoint; they need no initialization then.",
            example = "saver.restore(sess, tf.train.latest_checkpoint('./model'))")
    static void restore(Machine m, SaverValue self, Object session, Object path) {
        if (path == None.NONE) {
            throw NnError.value("Can't load save_path when it is None.")
                    .help("tf.train.latest_checkpoint answers None where there is no checkpoint");
        }
        SessionValue sess = session(m, session);
        String file = fspath(m, path);
        if (!Files.isRegularFile(Checkpoint.indexFile(m.world().files().readable(file)))) {
            throw NnError.value("The passed save_path is not a valid checkpoint: " + file);
        }
        HostFunctions.info(m, "Restoring parameters from " + file);
        try {
            sess.run(m, Tensors.wrap(self.graph.restore()), feed(m, self.graph, file));
        } catch (NnError failure) {
            String because = failure.kind() == ErrorKind.NOT_FOUND_ERROR
                    ? "a Variable name or other graph key that is missing from the checkpoint"
                    : failure.kind() == ErrorKind.INVALID_ARGUMENT_ERROR
                            ? "a mismatch between the current graph and the graph from the checkpoint"
                            : null;
            if (because == null) {
                throw failure;
            }
            throw new NnError(
                    failure.kind(),
                    "Restoring from checkpoint failed. This is most likely due to " + because + ". Please ensure that you have "
                            + "not altered the graph expected based on the checkpoint. Original error:\n\n"
                            + failure.getMessage())
                    .help(failure.help());
        }
    }

    private static DictValue feed(Machine m, SaverGraph graph, String file) {
        DictValue feed = new DictValue();
        feed.setItem(m, Tensors.wrap(graph.filename()), file);
        return feed;
    }

    private static SessionValue session(Machine m, Object session) {
        if (session instanceof SessionValue r) {
            return r;
        }
        throw NnError.type("'sess' must be a Session; " + Semantics.str(m, session));
    }

    private static String text(Machine m, Object saved) {
        return saved instanceof BytesValue b
                ? new String(b.bytes(), StandardCharsets.UTF_8)
                : Semantics.str(m, saved);
    }

    /** A path as text: of bytes the UTF-8, of everything else what {@code str} gives. */
    public static String fspath(Machine m, Object path) {
        if (path instanceof BytesValue b) {
            return new String(b.bytes(), StandardCharsets.UTF_8);
        }
        return Semantics.str(m, path);
    }

    private static String basename(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String dirname(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : slash == 0 ? "/" : path.substring(0, slash);
    }

    @Builtin(
            value = "export_meta_graph",
            signature = "filename=None, collection_list=None, as_text=False, export_scope=None, clear_devices=False, "
                    + "clear_extraneous_savers=False, strip_default_attrs=False, save_debug_info=False",
            method = true,
            doc = "The graph with its collections and this saver as a MetaGraphDef; written to a file if one is named.")
    static Object exportMetaGraph(
            Machine m, SaverValue self, Object file, Object collections, boolean text, Object scope, boolean clearDevices,
            boolean clearSavers, boolean strip, boolean debugInfo) {
        return GraphExchange.exported(
                m,
                file,
                GraphExchange.metaGraph(
                        m, self.graph.filename().graph(), None.NONE, Optional.of(self.saverDef()), collections, clearDevices),
                text);
    }

    private SaverDef saverDef() {
        return MetaGraphs.saverDef(graph, maxToKeep, keepEverySeconds / 3600, false);
    }

    @Builtin(value = {"as_saver_def", "to_proto"}, method = true, doc = "The names that this saver feeds and runs, as a message.")
    static Object asSaverDef(Machine m, SaverValue self) {
        return MessageValue.of(self.saverDef());
    }

    @Builtin(value = "last_checkpoints", property = true, doc = "The checkpoints that this saver keeps, oldest first.")
    static Object lastCheckpoints(Machine m, SaverValue self) {
        List<Object> paths = new ArrayList<>();
        for (Kept k : self.kept) {
            paths.add(k.path);
        }
        return ListValue.of(paths.toArray());
    }

    private void setKept(Machine m, Object paths) {
        kept.clear();
        Iteration all = Semantics.iterate(m, paths);
        for (Object p = all.next(m); p != null; p = all.next(m)) {
            m.step();
            kept.add(new Kept(fspath(m, p), now(m)));
        }
    }

    @Builtin(
            value = {"recover_last_checkpoints", "set_last_checkpoints"},
            signature = "checkpoint_paths",
            method = true,
            doc = "Goes on with the checkpoints of an earlier run, oldest first.")
    static void recover(Machine m, SaverValue self, Object paths) {
        self.setKept(m, paths);
    }
}
