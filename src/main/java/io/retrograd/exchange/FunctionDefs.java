package io.retrograd.exchange;

import io.retrograd.graph.GraphFunction;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.FunctionDef;
import org.tensorflow.framework.FunctionDefLibrary;
import org.tensorflow.framework.NameAttrList;
import org.tensorflow.framework.NodeDef;

/**
 * The functions that operations of datasets call, as a library of FunctionDef messages: those of {@code map}, {@code filter} and
 * the like, and for a one-shot iterator the one that makes its dataset, as TensorFlow has it.
 */
final class FunctionDefs {
    private static final String HOST_FUNCTION = "_host_function";

    private final Map<String, FunctionDef> library = new LinkedHashMap<>();

    /** All that was written. */
    Optional<FunctionDefLibrary> library() {
        return library.isEmpty() ? Optional.empty()
                : Optional.of(FunctionDefLibrary.newBuilder().addAllFunction(library.values()).build());
    }

    /** Whether TensorFlow has the operation's inputs in a function instead. */
    static boolean hasOwnDataset(Operation op) {
        return op.type().equals("OneShotIterator");
    }

    /** Gives the message of an operation that calls a function the function's name, and writes the function. */
    void complete(NodeDef.Builder node, Operation op, String scope) {
        if (hasOwnDataset(op)) {
            node.putAttr("dataset_factory", write(name(scope, "_make_dataset_", op), List.of(), op.inputs()));
        } else if (op.attributes().get(HOST_FUNCTION) instanceof GraphFunction f) {
            String attribute = op.type().equals("FilterDataset") ? "predicate" : "f";
            node.putAttr(attribute, write(name(scope, "Dataset_function_", op), f.arguments(), f.results()));
        }
    }

    private static String name(String scope, String prefix, Operation op) {
        return scope + prefix + op.name().replaceAll("[^A-Za-z0-9_]", "_");
    }

    private AttrValue write(String name, List<Output> arguments, List<Output> results) {
        FunctionDef.Builder f = FunctionDef.newBuilder();
        f.getSignatureBuilder().setName(name);
        Map<Output, String> names = new LinkedHashMap<>();
        for (Output argument : arguments) {
            String input = "input_argument_" + names.size();
            names.put(argument, input);
            f.getSignatureBuilder().addInputArgBuilder().setName(input).setType(TensorProtos.type(argument.dtype()));
        }
        Set<Operation> given = new HashSet<>();
        arguments.forEach(argument -> given.add(argument.operation()));
        boolean stateful = false;
        for (Operation op : behind(results, given)) {
            NodeDef.Builder node = GraphDefs.withoutInputs(op);
            if (!hasOwnDataset(op)) {
                op.inputs().forEach(in -> node.addInput(reference(in, names)));
            }
            op.controlInputs().stream().filter(before -> !given.contains(before)).forEach(before -> node.addInput("^" + before.name()));
            complete(node, op, name + "_");
            f.addNodeDef(node);
            stateful |= op.definition().isStateful();
        }
        for (int i = 0; i < results.size(); i++) {
            String output = "output_" + i;
            f.getSignatureBuilder().addOutputArgBuilder().setName(output).setType(TensorProtos.type(results.get(i).dtype()));
            f.putRet(output, reference(results.get(i), names));
        }
        f.getSignatureBuilder().setIsStateful(stateful);
        library.put(name, f.build());
        return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
    }

    /** What has to be computed for the results, in the order in which it was made. */
    private static List<Operation> behind(List<Output> results, Set<Operation> given) {
        Set<Operation> all = new HashSet<>();
        Deque<Operation> open = new ArrayDeque<>();
        results.forEach(r -> open.push(r.operation()));
        while (!open.isEmpty()) {
            Operation op = open.pop();
            if (!given.contains(op) && all.add(op)) {
                op.inputs().forEach(in -> open.push(in.operation()));
                op.controlInputs().forEach(open::push);
            }
        }
        List<Operation> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(Operation::id));
        return sorted;
    }

    /** A tensor as the nodes of a function name it: the operation, its output argument, the place in that. */
    private static String reference(Output o, Map<Output, String> names) {
        String argument = names.get(o);
        if (argument != null) {
            return argument;
        }
        int first = 0;
        for (OpDef.Argument a : o.operation().definition().outputs()) {
            int length = length(a, o.operation());
            if (o.index() < first + length) {
                return o.operation().name() + ":" + a.name() + ":" + (o.index() - first);
            }
            first += length;
        }
        throw new IllegalStateException(o.name());
    }

    private static int length(OpDef.Argument a, Operation op) {
        if (a.numberAttr() != null) {
            return (int) op.intAttribute(a.numberAttr());
        }
        return a.typeListAttr() != null ? op.<List<?>>attribute(a.typeListAttr()).size() : 1;
    }
}
