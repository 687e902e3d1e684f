package io.retrograd.exchange;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.retrograd.error.NnError;
import io.retrograd.graph.ControlFlowContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.ControlFlow.LoopSettings;
import io.retrograd.graph.build.FlowDescription;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.framework.CondContextDef;
import org.tensorflow.framework.ControlFlowContextDef;
import org.tensorflow.framework.ValuesDef;
import org.tensorflow.framework.WhileContextDef;

/** The loops and branches of a meta graph, TensorFlow's WhileContextDef and CondContextDef, both ways. */
final class ControlFlowDefs {
    static final String LOOPS = "while_context";
    static final String BRANCHES = "cond_context";

    private final Graph graph;
    private final String prefix;

    private ControlFlowDefs(Graph graph, String prefix) {
        this.graph = graph;
        this.prefix = prefix;
    }

    // Writing

    static ByteString message(ControlFlowContext context) {
        FlowDescription description = FlowDescription.of(context);
        return description instanceof FlowDescription.Loop loop ? message(loop).toByteString() : message((FlowDescription.Branch) description).toByteString();
    }

    private static WhileContextDef message(FlowDescription.Loop loop) {
        WhileContextDef.Builder def = WhileContextDef.newBuilder()
                .setContextName(loop.name())
                .setParallelIterations(loop.settings().parallelIterations())
                .setBackProp(loop.settings().backProp())
                .setSwapMemory(loop.settings().swapMemory())
                .setPivotName(loop.pivot().name())
                .setPivotForPredName(loop.pivotForPred().name())
                .setPivotForBodyName(loop.pivotForBody().name())
                .setValuesDef(message(loop.tensors()));
        loop.exits().forEach(o -> def.addLoopExitNames(o.name()));
        loop.enters().forEach(o -> def.addLoopEnterNames(o.name()));
        loop.nested().forEach(inner -> def.addNestedContexts(nested(inner)));
        return def.build();
    }

    private static CondContextDef message(FlowDescription.Branch branch) {
        CondContextDef.Builder def = CondContextDef.newBuilder()
                .setContextName(branch.name())
                .setPredName(branch.pred().name())
                .setPivotName(branch.pivot().name())
                .setBranch(branch.branch())
                .setValuesDef(message(branch.tensors()));
        branch.nested().forEach(inner -> def.addNestedContexts(nested(inner)));
        return def.build();
    }

    private static ControlFlowContextDef nested(FlowDescription inner) {
        return inner instanceof FlowDescription.Loop loop
                ? ControlFlowContextDef.newBuilder().setWhileCtxt(message(loop)).build()
                : ControlFlowContextDef.newBuilder().setCondCtxt(message((FlowDescription.Branch) inner)).build();
    }

    private static ValuesDef message(FlowDescription.Tensors tensors) {
        ValuesDef.Builder def = ValuesDef.newBuilder();
        tensors.known().stream().map(Output::name).sorted().forEach(def::addValues);
        tensors.external().forEach((outside, inside) -> def.putExternalValues(outside.name(), inside.name()));
        return def.build();
    }

    // Reading

    /** Makes the loop or branch of a collection known to the graph that its operations were read into. */
    static ControlFlowContext restore(Graph graph, String collection, ByteString message, String prefix) {
        ControlFlowDefs reading = new ControlFlowDefs(graph, prefix);
        try {
            return FlowDescription.restore(graph, collection.equals(LOOPS)
                    ? reading.loop(Parsed.from(message.toByteArray(), WhileContextDef.parser()))
                    : reading.branch(Parsed.from(message.toByteArray(), CondContextDef.parser())));
        } catch (InvalidProtocolBufferException damaged) {
            throw NnError.value("A member of the collection " + collection + " cannot be read: " + damaged.getMessage());
        }
    }

    private FlowDescription loop(WhileContextDef def) {
        return new FlowDescription.Loop(
                prefixed(def.getContextName()),
                new LoopSettings(null, def.getParallelIterations(), def.getBackProp(), def.getSwapMemory()),
                tensor(def.getPivotName()),
                tensor(def.getPivotForPredName()),
                tensor(def.getPivotForBodyName()),
                tensors(def.getLoopExitNamesList()),
                tensors(def.getLoopEnterNamesList()),
                tensors(def.getValuesDef()),
                nested(def.getNestedContextsList()));
    }

    private FlowDescription branch(CondContextDef def) {
        return new FlowDescription.Branch(
                prefixed(def.getContextName()),
                tensor(def.getPredName()),
                tensor(def.getPivotName()),
                def.getBranch(),
                tensors(def.getValuesDef()),
                nested(def.getNestedContextsList()));
    }

    private List<FlowDescription> nested(List<ControlFlowContextDef> all) {
        return all.stream().map(inner -> inner.hasWhileCtxt() ? loop(inner.getWhileCtxt()) : branch(inner.getCondCtxt())).toList();
    }

    private FlowDescription.Tensors tensors(ValuesDef def) {
        Map<Output, Output> external = new IdentityHashMap<>();
        def.getExternalValuesMap().forEach((outside, inside) -> {
            if (isThere(outside) && isThere(inside)) {
                external.put(tensor(outside), tensor(inside));
            }
        });
        return new FlowDescription.Tensors(tensors(def.getValuesList()), external);
    }

    /** Those of these that the graph has: an import may leave some of them out for others. */
    private List<Output> tensors(List<String> names) {
        List<Output> all = new ArrayList<>();
        for (String name : names) {
            if (isThere(name)) {
                all.add(tensor(name));
            }
        }
        return all;
    }

    private boolean isThere(String name) {
        int colon = name.lastIndexOf(':');
        return graph.operation(prefixed(colon < 0 ? name : name.substring(0, colon))).isPresent();
    }

    private Output tensor(String name) {
        return MetaGraphs.tensor(graph, prefixed(name));
    }

    private String prefixed(String name) {
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }
}
