package io.retrograd.show;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A graph in the language of Graphviz, scopes as clusters. */
public final class GraphDot {
    private final StringBuilder out = new StringBuilder();
    private final Map<String, List<GraphView.Node>> members = new LinkedHashMap<>();
    private final Map<String, List<String>> children = new LinkedHashMap<>();

    private GraphDot() {}

    public static String of(GraphView view) {
        return new GraphDot().build(view);
    }

    private String build(GraphView view) {
        for (GraphView.Node n : view.nodes()) {
            String path = String.join("/", n.scopes());
            members.computeIfAbsent(path, k -> new ArrayList<>()).add(n);
            for (int i = n.scopes().size(); i > 0; i--) {
                String inner = String.join("/", n.scopes().subList(0, i));
                String outer = String.join("/", n.scopes().subList(0, i - 1));
                List<String> known = children.computeIfAbsent(outer, k -> new ArrayList<>());
                if (!known.contains(inner)) {
                    known.add(inner);
                }
            }
        }
        out.append("digraph network {\n  rankdir=LR;\n  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\"];\n"
                + "  edge [fontname=\"sans-serif\", fontsize=9];\n");
        scope("", "  ");
        for (GraphView.Edge e : view.edges()) {
            out.append("  ").append(quoted(e.from())).append(" -> ").append(quoted(e.to()))
                    .append(e.label().isEmpty() ? "" : " [label=" + quoted(e.label()) + "]").append(";\n");
        }
        return out.append("}\n").toString();
    }

    private void scope(String path, String indent) {
        for (GraphView.Node n : members.getOrDefault(path, List.of())) {
            out.append(indent).append(quoted(n.id())).append(" [label=").append(quoted(n.label() + "\n" + n.type())).append(", fillcolor=\"")
                    .append(colour(n.kind())).append("\"];\n");
        }
        for (String inner : children.getOrDefault(path, List.of())) {
            out.append(indent).append("subgraph ").append(quoted("cluster_" + inner)).append(" {\n").append(indent).append("  label=")
                    .append(quoted(inner.substring(inner.lastIndexOf('/') + 1))).append(";\n");
            scope(inner, indent + "  ");
            out.append(indent).append("}\n");
        }
    }

    private static String colour(GraphView.Kind kind) {
        return switch (kind) {
            case INPUT -> "#e3f0ff";
            case VARIABLE -> "#fff1cf";
            case LOSS -> "#ffdcdc";
            case GRADIENT -> "#f3e4fb";
            case UPDATE -> "#dff5df";
            case FOLDED -> "#eeeeee";
            case OPERATION -> "#ffffff";
        };
    }

    private static String quoted(String s) {
        return "\"" + s.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
