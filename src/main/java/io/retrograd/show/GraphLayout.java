package io.retrograd.show;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Where a view's nodes, scopes and edges lie, left to right: the layered layout of the Eclipse Layout Kernel. */
final class GraphLayout {
    /** A node's box. */
    record Box(GraphView.Node node, double x, double y, double width, double height) {}

    /** A scope's box. */
    record Scope(String path, String label, double x, double y, double width, double height) {}

    /** An edge's corners, x and y in turn, and the middle of its label. */
    record Line(GraphView.Edge edge, List<Double> points, double labelX, double labelY) {}

    static final double NODE_HEIGHT = 36;

    private static final double LETTER = 7.2;
    private static final double SMALL_LETTER = 6;

    final List<Box> boxes = new ArrayList<>();
    final List<Scope> scopes = new ArrayList<>();
    final List<Line> lines = new ArrayList<>();
    final double width;
    final double height;

    private final Map<String, ElkNode> clusters = new LinkedHashMap<>();

    GraphLayout(GraphView view) {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
        ElkNode root = ElkGraphUtil.createGraph();
        options(root);
        root.setProperty(CoreOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
        Map<String, Integer> members = new HashMap<>();
        for (GraphView.Node n : view.nodes()) {
            for (int i = 1; i <= n.scopes().size(); i++) {
                members.merge(String.join("/", n.scopes().subList(0, i)), 1, Integer::sum);
            }
        }
        Map<String, ElkNode> placed = new HashMap<>();
        for (GraphView.Node n : view.nodes()) {
            ElkNode parent = root;
            for (int i = 1; i <= n.scopes().size(); i++) {
                String path = String.join("/", n.scopes().subList(0, i));
                if (members.get(path) > 1) {
                    parent = cluster(path, parent);
                }
            }
            ElkNode box = ElkGraphUtil.createNode(parent);
            box.setWidth(Math.max(60, 16 + Math.max(LETTER * n.label().length(), SMALL_LETTER * n.type().length())));
            box.setHeight(NODE_HEIGHT);
            placed.put(n.id(), box);
        }
        Map<GraphView.Edge, ElkEdge> drawn = new LinkedHashMap<>();
        for (GraphView.Edge e : view.edges()) {
            ElkEdge edge = ElkGraphUtil.createSimpleEdge(placed.get(e.from()), placed.get(e.to()));
            if (!e.label().isEmpty()) {
                ElkLabel label = ElkGraphUtil.createLabel(e.label(), edge);
                label.setWidth(SMALL_LETTER * e.label().length());
                label.setHeight(12);
            }
            drawn.put(e, edge);
        }
        new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
        width = root.getWidth();
        height = root.getHeight();
        for (GraphView.Node n : view.nodes()) {
            ElkNode box = placed.get(n.id());
            double[] at = absolute(box);
            boxes.add(new Box(n, at[0], at[1], box.getWidth(), box.getHeight()));
        }
        clusters.forEach((path, c) -> {
            double[] at = absolute(c);
            scopes.add(new Scope(path, path.substring(path.lastIndexOf('/') + 1), at[0], at[1], c.getWidth(), c.getHeight()));
        });
        drawn.forEach((e, edge) -> lines.add(line(e, edge)));
    }

    private ElkNode cluster(String path, ElkNode parent) {
        ElkNode known = clusters.get(path);
        if (known == null) {
            known = ElkGraphUtil.createNode(parent);
            options(known);
            known.setProperty(CoreOptions.PADDING, new ElkPadding(26, 12, 12, 12));
            clusters.put(path, known);
        }
        return known;
    }

    private static void options(ElkNode node) {
        node.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        node.setProperty(CoreOptions.DIRECTION, Direction.RIGHT);
        node.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.POLYLINE);
        node.setProperty(LayeredOptions.SPACING_NODE_NODE, 22.0);
        node.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 34.0);
    }

    private static double[] absolute(ElkNode n) {
        double x = 0;
        double y = 0;
        for (ElkNode at = n; at != null; at = at.getParent()) {
            x += at.getX();
            y += at.getY();
        }
        return new double[] {x, y};
    }

    private static Line line(GraphView.Edge e, ElkEdge edge) {
        double[] at = absolute(edge.getContainingNode());
        List<Double> points = new ArrayList<>();
        for (ElkEdgeSection s : edge.getSections()) {
            points.add(at[0] + s.getStartX());
            points.add(at[1] + s.getStartY());
            for (ElkBendPoint b : s.getBendPoints()) {
                points.add(at[0] + b.getX());
                points.add(at[1] + b.getY());
            }
            points.add(at[0] + s.getEndX());
            points.add(at[1] + s.getEndY());
        }
        double lx = 0;
        double ly = 0;
        for (ElkLabel l : edge.getLabels()) {
            lx = at[0] + l.getX() + l.getWidth() / 2;
            ly = at[1] + l.getY() + l.getHeight() / 2;
        }
        return new Line(e, points, lx, ly);
    }
}
