package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.cluster.DeviceAttributes;
import io.retrograd.lib.tf.cluster.PlacementLog;
import io.retrograd.lib.tf.message.MessageValue;
import io.retrograd.session.PlanKey;
import io.retrograd.session.Session;
import io.retrograd.tensor.NdArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** {@code tf.Session} and {@code tf.InteractiveSession}. */
public final class SessionValue implements Value {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.client.session",
            "Session",
            CoreTypes.OBJECT,
            SessionValueTable.TABLE,
            (m, a, k) -> SessionFunctionsTable.TABLE.find("Session").callAs(m, "__init__", a, k));
    static final TypeValue INTERACTIVE = new TypeValue(
            "tensorflow.python.client.session",
            "InteractiveSession",
            CoreTypes.OBJECT,
            SessionValueTable.TABLE,
            (m, a, k) -> SessionFunctionsTable.TABLE.find("InteractiveSession").callAs(m, "__init__", a, k));

    /** Requests that are remembered. */
    private static final int SITES = 8;

    private static final NdArray[] NOTHING = {};

    private final RunSite[] sites = new RunSite[SITES];
    private int next;
    private final Session session;
    private final String target;
    private final boolean interactive;
    private final PlacementLog placements;
    private int entered;
    private Consumer<Machine> afterRun;

    /** With who tells where operations are placed; null for nobody. */
    SessionValue(Session session, String target, boolean interactive, PlacementLog placements) {
        this.target = target;
        this.placements = placements;
        this.session = session;
        this.interactive = interactive;
    }

    public Session session() {
        return session;
    }

    /** Lets somebody work after each run that the script asks for. */
    public void afterRun(Consumer<Machine> work) {
        afterRun = work;
    }

    @Override
    public TypeValue type() {
        return interactive ? INTERACTIVE : TYPE;
    }

    /** Runs fetches of any structure with feeds, a dict or None; answers the results in the same structure. */
    public Object run(Machine m, Object fetches, Object feeds) {
        session.checkUsable();
        DictValue dict = feeds instanceof DictValue d ? d : null;
        if (dict != null || feeds == None.NONE) {
            for (int i = 0; i < SITES; i++) {
                RunSite site = sites[i];
                if (site != null && site.fits(fetches, dict)) {
                    Object result = run(m, site, dict);
                    if (result != null) {
                        return result;
                    }
                    break;
                }
            }
        }
        List<Output> keys = List.of();
        List<NdArray> values = List.of();
        if (feeds != None.NONE) {
            keys = new ArrayList<>();
            values = new ArrayList<>();
            readFeeds(m, feeds, keys, values);
        }
        Fetch fetch = Fetch.of(m, session.graph(), fetches);
        if (fetch.isEmpty()) {
            return fetch.build(new NdArray[0]);
        }
        if (placements != null) {
            placements.run(m, session.graph());
        }
        RunSite site = RunSite.of(session.graph(), fetches, feeds, fetch, keys);
        PlanKey key = site != null ? site.key : new PlanKey(fetch.outputs, fetch.targets, keys);
        NdArray[] arrays = session.run(key, values.toArray(new NdArray[0]));
        if (site != null) {
            next = (next + 1) % SITES;
            sites[next] = site;
        }
        return fetch.build(arrays);
    }

    /** The same request again; null if its feeds are not what they should be, for the long way to say why. */
    private Object run(Machine m, RunSite site, DictValue feeds) {
        NdArray[] values = site.tensors.length == 0 ? NOTHING : new NdArray[site.tensors.length];
        if (values.length > 0) {
            DictValue.Entries entries = feeds.entries();
            for (int i = 0; entries.next(); i++) {
                Object value = entries.value();
                if (value instanceof TensorValue) {
                    return null;
                }
                Output tensor = site.tensors[i];
                values[i] = NumpyBridge.feed(m, tensor, value);
                Session.checkShape(tensor, values[i]);
            }
        }
        return site.fetch.build(session.run(site.key, values));
    }

    private void readFeeds(Machine m, Object feeds, List<Output> keys, List<NdArray> values) {
        if (!(feeds instanceof DictValue dict)) {
            if (!Semantics.truth(m, feeds)) {
                return;
            }
            throw NnError.type("The feed_dict must be a dict of tensors and their values, not "
                    + Semantics.typeOf(feeds).name());
        }
        DictValue.Entries entries = dict.entries();
        while (entries.next()) {
            readFeed(m, entries.key(), entries.value(), keys, values);
        }
    }

    private void readFeed(Machine m, Object key, Object value, List<Output> keys, List<NdArray> values) {
        if (key instanceof TupleValue parts) {
            Object[] each = Semantics.elements(m, value);
            if (each.length != parts.size()) {
                throw NnError.value("Could not flatten dictionary. Key had " + parts.size() + " elements, but value had "
                        + each.length + " elements. Key: " + Semantics.repr(m, key) + ", value: " + Semantics.repr(m, value) + ".");
            }
            for (int i = 0; i < each.length; i++) {
                readFeed(m, parts.get(i), each[i], keys, values);
            }
            return;
        }
        if (key instanceof CompositeFetch composite) {
            Object[] each = Semantics.elements(m, value);
            List<Output> tensors = composite.fetchedTensors();
            for (int i = 0; i < tensors.size(); i++) {
                readFeed(m, Tensors.wrap(tensors.get(i)), each[i], keys, values);
            }
            return;
        }
        Output tensor;
        try {
            tensor = (Output) Elements.find(m, session.graph(), key, true, false);
        } catch (NnError mistake) {
            throw NnError.type("Cannot interpret feed_dict key as Tensor: " + plain(mistake)).help(mistake.help());
        }
        if (value instanceof TensorValue t) {
            throw NnError.type("The value of a feed cannot be a tf.Tensor object. Acceptable feed values include Python "
                    + "scalars, strings, lists, numpy ndarrays, or TensorHandles. For reference, the tensor object was "
                    + t.output() + " which was passed to the feed with key " + tensor + ".");
        }
        NdArray array = NumpyBridge.feed(m, tensor, value);
        Session.checkShape(tensor, array);
        if (!tensor.operation().isFeedable()) {
            throw NnError.value("Tensor " + tensor + " may not be fed.");
        }
        int known = keys.indexOf(tensor);
        if (known >= 0) {
            values.set(known, array);
        } else {
            keys.add(tensor);
            values.add(array);
        }
    }

    /** A KeyError's text without the quotes of Python's repr. */
    private static String plain(NnError mistake) {
        String text = mistake.getMessage();
        boolean quoted = mistake.kind() == ErrorKind.KEY_ERROR && text.length() > 1;
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    @Builtin(
            value = "run",
            signature = "fetches, feed_dict=None, options=None, run_metadata=None",
            method = true,
            doc = "Computes the fetches, a tensor, an operation or a structure of them, with the fed values.",
            example = "sess.run([train, loss], feed_dict={x: X, y_: Y})")
    static Object run(Machine m, SessionValue self, Object fetches, Object feeds, Object options, Object metadata) {
        Object results;
        // TensorFlow's own runtime does not show its single operations here: the message stays empty there, and the run goes on.
        if (metadata instanceof MessageValue told && StepTrace.isAskedFor(m, options) && self.session.isTraceable()) {
            results = StepTrace.record(m, told, () -> self.run(m, fetches, feeds));
        } else if (options instanceof OptionsValue o && o.get("timeout_in_ms") instanceof Long milliseconds) {
            self.session.timeout(milliseconds);
            try {
                results = self.run(m, fetches, feeds);
            } finally {
                self.session.timeout(0);
            }
        } else {
            results = self.run(m, fetches, feeds);
        }
        if (self.afterRun != null) {
            self.afterRun.accept(m);
        }
        return results;
    }

    @Builtin(
            value = "make_callable",
            signature = "fetches, feed_list=None, accept_options=False",
            method = true,
            doc = "A function that runs the fetches, with the values of the fed tensors as its arguments.")
    static Object makeCallable(Machine m, SessionValue self, Object fetches, Object feedList, boolean options) {
        Object[] feeds = feedList == None.NONE ? new Object[0] : Semantics.elements(m, feedList);
        return new SessionCallable(self, fetches, feeds);
    }

    @Builtin(value = "close", method = true, doc = "Frees what the session holds.")
    public static void close(Machine m, SessionValue self) {
        self.session.close();
        if (self.interactive) {
            TfState.of(m).sessions().removeFirstOccurrence(self);
        }
    }

    @Builtin(value = "graph", property = true, doc = "The graph that it runs.")
    static Object graph(Machine m, SessionValue self) {
        return GraphValue.of(self.session.graph());
    }

    @Builtin(value = "graph_def", property = true, doc = "The graph that it runs as a GraphDef message.")
    static Object graphDef(Machine m, SessionValue self) {
        return GraphExchange.graphDef(self.session.graph(), 0, false);
    }

    @Builtin(value = "sess_str", property = true, doc = "The target it was made with.")
    static Object target(Machine m, SessionValue self) {
        return new BytesValue(self.target.getBytes(StandardCharsets.UTF_8));
    }

    @Builtin(value = "list_devices", method = true, doc = "The devices that it may use.")
    static Object listDevices(Machine m, SessionValue self) {
        return ListValue.of(self.session.devices().stream().map(DeviceAttributes::new).toArray());
    }

    @Builtin(value = "as_default", method = true, doc = "A block in which this is the default session; it is not closed at its end.")
    static Object asDefault(Machine m, SessionValue self) {
        return new ContextValue((machine, context) -> {
            TfState.of(machine).sessions().push(self);
            context.leave(() -> TfState.of(machine).sessions().removeFirstOccurrence(self));
            return self;
        });
    }

    @Builtin(value = "__enter__", method = true, doc = "Makes it and its graph the default until the block ends.")
    static Object enter(Machine m, SessionValue self) {
        TfState state = TfState.of(m);
        Graph graph = self.session.graph();
        state.enter(graph);
        state.sessions().push(self);
        self.entered++;
        return self;
    }

    @Builtin(value = "__exit__", signature = "kind, value, traceback", method = true, doc = "Closes it.")
    static boolean exit(Machine m, SessionValue self, Object kind, Object value, Object traceback) {
        TfState state = TfState.of(m);
        if (self.entered > 0) {
            self.entered--;
            state.sessions().removeFirstOccurrence(self);
            state.leave(self.session.graph());
        }
        close(m, self);
        return false;
    }

    @Builtin(value = "__del__", method = true, doc = "Frees what the session holds.")
    static void delete(Machine m, SessionValue self) {
        self.session.close();
    }
}
