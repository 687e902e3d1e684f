package io.retrograd.show;

import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.gradient.Backpropagation;
import io.retrograd.lang.value.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An explanation as one self-contained page: the graph, the step operation by operation, the script, the training. */
public final class ExplanationPage {
    /** Larger networks open with their scopes folded. */
    private static final int FOLDED_FROM = 24;

    /** A folded graph of nearly as many nodes shows no more. */
    private static final double WORTH_FOLDING = 0.7;

    private static final List<String> WORDS = List.of(
            "forward", "backward", "parameters", "loss", "before", "gradient", "applied", "after", "rule", "incoming", "not_needed",
            "attention", "html.script", "html.training", "html.gradients", "html.weights", "html.surface", "html.prev", "html.next",
            "html.play", "html.keys", "html.update", "html.all", "html.folded", "html.check", "html.none", "html.steps", "fed", "changes", "html.inputs");

    private ExplanationPage() {}

    public static String of(StepExplanation.Whole whole, String source, Messages messages) {
        Explanation e = whole.outcome().explanation();
        Map<String, Object> data = new LinkedHashMap<>(ExplanationJson.map(e, messages));
        data.put("sources", sources(whole.graph(), e.script(), source));
        data.put("training", whole.curve().map());
        Map<String, Object> words = new LinkedHashMap<>();
        WORDS.forEach(w -> words.put(w, messages.get(w)));
        data.put("words", words);
        List<Object> graphs = new ArrayList<>();
        List<Object> lines = new ArrayList<>();
        Output loss = loss(whole, e);
        StringBuilder pictures = new StringBuilder();
        if (loss != null) {
            GraphView full = GraphView.fitting(whole.graph(), whole.names(), new GraphView.Choice(false, loss, GraphView.Fold.NONE));
            List<GraphView> views = new ArrayList<>();
            if (full.fold() == GraphView.Fold.NONE && full.nodes().size() > FOLDED_FROM) {
                for (GraphView.Fold by : List.of(GraphView.Fold.SCOPES, GraphView.Fold.NAMES)) {
                    GraphView folded = GraphView.of(whole.graph(), whole.names(), new GraphView.Choice(false, loss, by));
                    if (views.isEmpty() && folded.nodes().size() < full.nodes().size() * WORTH_FOLDING) {
                        views.add(folded);
                    }
                }
            }
            views.add(full);
            for (GraphView v : views) {
                pictures.append("<div class=\"graph\">").append(GraphSvg.of(new GraphLayout(v), false)).append("</div>\n");
                Map<String, Object> members = new LinkedHashMap<>();
                v.nodes().forEach(n -> n.operations().forEach(op -> members.put(op, n.id())));
                graphs.add(members);
                Map<String, Object> made = new LinkedHashMap<>();
                v.nodes().forEach(n -> made.put(n.id(), lines(whole.graph(), n)));
                lines.add(made);
            }
        }
        data.put("graphs", graphs);
        data.put("lines", lines);
        return template()
                .replace("%LANG%", messages.language())
                .replace("%TITLE%", GraphSvg.escape(ExplanationText.title(e, messages)))
                .replace("%GRAPHS%", pictures.toString())
                .replace("%DATA%", JsonText.of(data));
    }

    /** {@code FILE:LINE} of what a node stands for. */
    private static List<Object> lines(Graph graph, GraphView.Node node) {
        Set<Object> lines = new LinkedHashSet<>();
        for (String name : node.operations()) {
            Explanation.Origin at = graph.operation(name).map(Explainer::origin).orElse(new Explanation.Origin("", 0, ""));
            if (at.line() > 0) {
                lines.add(at.file() + ":" + at.line());
            }
        }
        return new ArrayList<>(lines);
    }

    /** The lines of the script, and of its own modules that made operations. */
    private static Map<String, Object> sources(Graph graph, String script, String source) {
        Map<String, Object> sources = new LinkedHashMap<>();
        if (!script.toLowerCase(Locale.ROOT).endsWith(".ipynb")) {
            // Of a notebook only the cells are text to read.
            sources.put(script, source.lines().toList());
        }
        for (Operation op : graph == null ? List.<Operation>of() : graph.operations()) {
            if (op.origin() instanceof Place p && p.isKnown() && !sources.containsKey(p.source().name())) {
                sources.put(p.source().name(), p.source().text().lines().toList());
            }
        }
        return sources;
    }

    private static Output loss(StepExplanation.Whole whole, Explanation e) {
        for (Backpropagation b : Backpropagation.of(whole.graph())) {
            for (Output y : b.ys()) {
                if (e.loss() != null && y.name().equals(e.loss().tensor())) {
                    return y;
                }
            }
        }
        return null;
    }

    private static String template() {
        try (InputStream in = ExplanationPage.class.getResourceAsStream("explain.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
