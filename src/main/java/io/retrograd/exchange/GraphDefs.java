package io.retrograd.exchange;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.GraphDef;
import org.tensorflow.framework.NodeDef;
import org.tensorflow.framework.VersionDef;

/** A graph as TensorFlow's GraphDef message. */
public final class GraphDefs {
    /** The version of graphs that TensorFlow 1.15 writes, and the oldest consumer that can read them. */
    private static final int PRODUCER = 134;

    private GraphDefs() {}

    /** The whole graph; with the static shape of every output as {@code _output_shapes} if asked. */
    public static GraphDef of(Graph graph, boolean withShapes) {
        return since(graph, 0, withShapes);
    }

    /** The operations behind the first {@code skipped}. */
    public static GraphDef since(Graph graph, int skipped, boolean withShapes) {
        return of(graph.operations().subList(skipped, graph.operations().size()), withShapes);
    }

    /** These operations, and the functions that they call. */
    public static GraphDef of(List<Operation> operations, boolean withShapes) {
        GraphDef.Builder def = GraphDef.newBuilder();
        FunctionDefs functions = new FunctionDefs();
        for (Operation op : operations) {
            NodeDef.Builder node = builder(op, withShapes);
            functions.complete(node, op, "");
            def.addNode(node);
        }
        functions.library().ifPresent(def::setLibrary);
        return def.setVersions(versions()).build();
    }

    /** The versions that every graph written here carries. */
    public static VersionDef versions() {
        return VersionDef.newBuilder().setProducer(PRODUCER).build();
    }

    /** One operation. */
    public static NodeDef node(Operation op, boolean withShapes) {
        NodeDef.Builder node = builder(op, withShapes);
        new FunctionDefs().complete(node, op, "");
        return node.build();
    }

    private static NodeDef.Builder builder(Operation op, boolean withShapes) {
        NodeDef.Builder node = withoutInputs(op);
        if (!FunctionDefs.hasOwnDataset(op)) {
            for (Output in : op.inputs()) {
                node.addInput(in.index() == 0 ? in.operation().name() : in.name());
            }
        }
        for (Operation before : op.controlInputs()) {
            node.addInput("^" + before.name());
        }
        if (withShapes && op.outputCount() > 0) {
            AttrValue.ListValue.Builder shapes = AttrValue.ListValue.newBuilder();
            for (Output out : op.outputs()) {
                shapes.addShape(TensorProtos.shape(out.shape()));
            }
            node.putAttr("_output_shapes", AttrValue.newBuilder().setList(shapes).build());
        }
        return node;
    }

    /** Name, type, device and attributes. */
    static NodeDef.Builder withoutInputs(Operation op) {
        NodeDef.Builder node = NodeDef.newBuilder().setName(op.name()).setOp(op.type()).setDevice(op.device());
        for (Map.Entry<String, Object> a : new TreeMap<>(op.attributes()).entrySet()) {
            Attributes.message(a.getValue()).ifPresent(value -> node.putAttr(a.getKey(), value));
        }
        return node;
    }
}
