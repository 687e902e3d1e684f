package io.retrograd.engine;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.framework.AttrValue;
import org.tensorflow.framework.NodeDef;

/**
 * Resilient backpropagation, which TensorFlow lacks, as operations that it has: the same arithmetic as our own. Nothing is
 * assigned before everything is computed.
 */
final class Rprop {
    static final String TYPE = "ApplyRprop";

    private static final String[] VALUES = {"step_after", "change_after", "delta", "gradient_after"};

    private final NodeDef whole;
    private final List<NodeDef> parts = new ArrayList<>();

    private Rprop(NodeDef whole) {
        this.whole = whole;
    }

    /** The nodes that do what that node does; the last one has its name. */
    static List<NodeDef> parts(NodeDef whole) {
        return new Rprop(whole).build();
    }

    private List<NodeDef> build() {
        String var = whole.getInput(0);
        String previous = whole.getInput(1);
        String step = whole.getInput(2);
        String change = whole.getInput(3);
        String gradient = whole.getInput(8);
        String zeros = add("ZerosLike", "zeros", gradient);
        String agreement = add("Mul", "agreement", previous, gradient);
        String against = add("Less", "against", agreement, zeros);
        String along = add("Greater", "along", agreement, zeros);
        String shrunk = add("Maximum", "shrunk", add("Mul", "shorter", step, whole.getInput(4)), whole.getInput(6));
        String grown = add("Minimum", "grown", add("Mul", "longer", step, whole.getInput(5)), whole.getInput(7));
        String after = add("Select", VALUES[0], against, shrunk, add("Select", "going_on", along, grown, step));
        String downhill = add("Mul", "downhill", add("Neg", "direction", add("Sign", "sign", gradient)), after);
        String changed = add("Select", VALUES[1], against, zeros, downhill);
        String delta = add("Select", VALUES[2], against, add("Neg", "back", change), changed);
        String kept = add("Select", VALUES[3], against, zeros, gradient);
        String first = assign("keep_gradient", previous, kept);
        String second = assign("keep_step", step, after);
        String third = assign("keep_change", change, changed);
        NodeDef.Builder last = node("AssignAdd", whole.getName(), var, delta);
        List.of(first, second, third).forEach(before -> last.addInput("^" + before));
        whole.getInputList().stream().filter(in -> in.startsWith("^")).forEach(last::addInput);
        whole.getAttrMap().forEach((key, value) -> {
            if (key.startsWith("_")) {
                last.putAttr(key, value);
            }
        });
        parts.add(last.build());
        return parts;
    }

    private String assign(String name, String variable, String value) {
        NodeDef.Builder node = node("Assign", place(name), variable, value);
        for (String computed : VALUES) {
            node.addInput("^" + place(computed));
        }
        parts.add(node.build());
        return node.getName();
    }

    private String add(String type, String name, String... inputs) {
        NodeDef.Builder node = node(type, place(name), inputs);
        // They wait for what the whole waits for.
        whole.getInputList().stream().filter(in -> in.startsWith("^")).forEach(node::addInput);
        parts.add(node.build());
        return node.getName();
    }

    private String place(String name) {
        return whole.getName() + "_parts/" + name;
    }

    private NodeDef.Builder node(String type, String name, String... inputs) {
        AttrValue number = whole.getAttrOrThrow("T");
        return NodeDef.newBuilder().setOp(type).setName(name).setDevice(whole.getDevice()).putAttr("T", number).addAllInput(List.of(inputs));
    }
}
