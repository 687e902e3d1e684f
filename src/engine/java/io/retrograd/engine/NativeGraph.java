package io.retrograd.engine;

import com.google.protobuf.ByteString;
import io.retrograd.exchange.GraphDefs;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_ImportGraphDefOptions;
import org.tensorflow.internal.c_api.TF_Operation;
import org.tensorflow.internal.c_api.TF_Output;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.internal.c_api.global.tensorflow;

/**
 * The runtime's graph of one session, which only grows: what a session remembers (variables, iterators, tables, queues)
 * is lost with it. An operation that the script changed after it was handed over is handed over once more under another
 * name, with all that depends on it, and so is one whose name the runtime has given away.
 */
final class NativeGraph {
    private final TF_Graph graph;
    private final String prefix;
    private final Map<Operation, Handed> handed = new IdentityHashMap<>();
    private final Map<String, Operation> byName = new HashMap<>();
    private final Set<String> scopes = new HashSet<>();

    /** An operation as the runtime knows it: its name there, and what it was wired to. */
    private record Handed(String name, List<Object> wires) {}

    /** @param prefix what the names of the script's functions begin with in this session */
    NativeGraph(TF_Graph graph, String prefix) {
        this.graph = graph;
        this.prefix = prefix;
    }

    private static List<Object> wires(Operation op) {
        List<Object> wires = new ArrayList<>(op.inputs());
        wires.addAll(op.controlInputs());
        return wires;
    }

    /** Whether one of these is not there as it is now. */
    boolean lacks(Set<Operation> needed) {
        for (Operation op : needed) {
            Handed before = handed.get(op);
            if (before == null || !before.wires().equals(wires(op))) {
                return true;
            }
        }
        return false;
    }

    /** The operation of that name in the runtime's messages. */
    Optional<Operation> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    TF_Operation operation(Operation op) {
        return tensorflow.TF_GraphOperationByName(graph, handed.get(op).name());
    }

    TF_Output output(TF_Output at, Output tensor) {
        return at.oper(operation(tensor.operation())).index(tensor.index());
    }

    /**
     * Hands over what is not there as it is now.
     *
     * @param needed operations, with all that is behind them
     * @return whether operations that were there before have other names now
     */
    boolean add(Set<Operation> needed) {
        Set<Operation> changed = changed(needed);
        List<Operation> fresh = new ArrayList<>();
        for (Operation op : needed) {
            if (!handed.containsKey(op) || changed.contains(op)) {
                fresh.add(op);
            }
        }
        if (fresh.isEmpty()) {
            return false;
        }
        fresh.sort(Comparator.comparingInt(Operation::id));
        Map<Operation, String> names = new IdentityHashMap<>();
        Set<String> taken = new HashSet<>();
        for (Operation op : fresh) {
            String name = freeName(op.name(), taken);
            taken.add(name);
            names.put(op, name);
        }
        take(fresh, names);
        names.forEach((op, name) -> {
            handed.put(op, new Handed(name, wires(op)));
            byName.put(name, op);
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                scopes.add(name.substring(0, slash));
            }
        });
        return !changed.isEmpty();
    }

    /** Those that were handed over and are wired otherwise now, and those that depend on one. */
    private Set<Operation> changed(Set<Operation> needed) {
        Set<Operation> changed = new HashSet<>();
        for (Operation op : needed) {
            Handed before = handed.get(op);
            if (before != null && !before.wires().equals(wires(op))) {
                changed.add(op);
            }
        }
        for (int before = -1; !changed.isEmpty() && before < changed.size();) {
            before = changed.size();
            for (Operation op : needed) {
                if (op.inputs().stream().anyMatch(in -> changed.contains(in.operation()))
                        || op.controlInputs().stream().anyMatch(changed::contains)) {
                    changed.add(op);
                }
            }
        }
        return changed;
    }

    /** The runtime takes no name twice, and none that it has seen as a scope. */
    private String freeName(String name, Set<String> taken) {
        String free = name;
        for (int i = 1; byName.containsKey(free) || scopes.contains(free) || taken.contains(free); i++) {
            free = name + "_again_" + i;
        }
        return free;
    }

    private void take(List<Operation> fresh, Map<Operation, String> names) {
        TF_ImportGraphDefOptions options = tensorflow.TF_NewImportGraphDefOptions();
        TF_Status status = tensorflow.TF_NewStatus();
        Set<String> mapped = new HashSet<>();
        for (Operation op : fresh) {
            for (Output in : op.inputs()) {
                if (!names.containsKey(in.operation()) && mapped.add(in.name())) {
                    tensorflow.TF_ImportGraphDefOptionsAddInputMapping(
                            options, handed.get(in.operation()).name(), in.index(), output(new TF_Output(), in));
                }
            }
            for (Operation before : op.controlInputs()) {
                if (!names.containsKey(before) && mapped.add("^" + before.name())) {
                    tensorflow.TF_ImportGraphDefOptionsRemapControlDependency(options, handed.get(before).name(), operation(before));
                }
            }
        }
        tensorflow.TF_ImportGraphDefOptionsSetValidateColocationConstraints(options, (byte) 0);
        byte[] bytes = ScriptFunctions.of(message(fresh, names), prefix).toByteArray();
        try (BytePointer content = new BytePointer(bytes)) {
            TF_Buffer buffer = tensorflow.TF_NewBufferFromString(content, bytes.length);
            tensorflow.TF_GraphImportGraphDef(graph, buffer, options, status);
            tensorflow.TF_DeleteBuffer(buffer);
            Statuses.check(status);
        } finally {
            tensorflow.TF_DeleteStatus(status);
            tensorflow.TF_DeleteImportGraphDefOptions(options);
        }
    }

    /** The operations as a GraphDef, under the names that they have in the runtime. */
    private GraphDef message(List<Operation> fresh, Map<Operation, String> names) {
        GraphDef plain = GraphDefs.of(fresh, false);
        GraphDef.Builder all = plain.toBuilder();
        for (int i = 0; i < fresh.size(); i++) {
            Operation op = fresh.get(i);
            Map<String, String> renamed = new HashMap<>();
            op.inputs().forEach(in -> note(in.operation(), names, renamed));
            op.controlInputs().forEach(before -> note(before, names, renamed));
            String name = names.get(op);
            if (renamed.isEmpty() && name.equals(op.name())) {
                continue;
            }
            NodeDef.Builder node = all.getNodeBuilder(i).setName(name);
            for (int k = 0; k < node.getInputCount(); k++) {
                node.setInput(k, renamed(node.getInput(k), renamed));
            }
            AttrValue shared = node.getAttrOrDefault("shared_name", null);
            Operation other = byName.getOrDefault(op.name(), op);
            if (shared != null && shared.getS().isEmpty() && other == op) {
                // What lives in a server does so under the operation's name.
                node.putAttr("shared_name", AttrValue.newBuilder().setS(ByteString.copyFromUtf8(op.name())).build());
            }
        }
        return fresh.stream().anyMatch(op -> op.type().equals(Rprop.TYPE)) ? spelledOut(all.build()) : all.build();
    }

    /** The same without what TensorFlow has no operation for. */
    private static GraphDef spelledOut(GraphDef graph) {
        GraphDef.Builder all = graph.toBuilder().clearNode();
        for (NodeDef node : graph.getNodeList()) {
            all.addAllNode(node.getOp().equals(Rprop.TYPE) ? Rprop.parts(node) : List.of(node));
        }
        return all.build();
    }

    private void note(Operation op, Map<Operation, String> names, Map<String, String> renamed) {
        String name = names.containsKey(op) ? names.get(op) : handed.get(op).name();
        if (!name.equals(op.name())) {
            renamed.put(op.name(), name);
        }
    }

    private static String renamed(String input, Map<String, String> names) {
        String mark = input.startsWith("^") ? "^" : "";
        int colon = input.indexOf(':');
        String name = input.substring(mark.length(), colon < 0 ? input.length() : colon);
        return mark + names.getOrDefault(name, name) + (colon < 0 ? "" : input.substring(colon));
    }
}
