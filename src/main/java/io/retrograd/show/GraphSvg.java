package io.retrograd.show;

import java.util.Locale;

/** A laid out graph as SVG. Colours are classes, so that a page can say them anew. */
public final class GraphSvg {
    private static final String STYLE = "text{font:12px system-ui,sans-serif;fill:#222;text-anchor:middle}"
            + ".t{font-size:9px;fill:#666}.s{font-size:9px;fill:#777}.e{fill:none;stroke:#999;stroke-width:1.2}"
            + ".n rect{fill:#fff;stroke:#667;stroke-width:1.2}.INPUT rect{fill:#e3f0ff}.VARIABLE rect{fill:#fff1cf}"
            + ".LOSS rect{fill:#ffdcdc}.GRADIENT rect{fill:#f3e4fb}.UPDATE rect{fill:#dff5df}.FOLDED rect{fill:#eee}"
            + ".c rect{fill:#888;fill-opacity:.07;stroke:#bbb;stroke-dasharray:4 3}.c text{font-size:11px;fill:#555;text-anchor:start}";

    private GraphSvg() {}

    /** A document of its own, on white. */
    public static String document(GraphView view) {
        return of(new GraphLayout(view), true);
    }

    static String of(GraphLayout g, boolean alone) {
        StringBuilder out = new StringBuilder();
        String w = number(g.width + 2);
        String h = number(g.height + 2);
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-1 -1 ").append(w).append(' ').append(h)
                .append("\" width=\"").append(w).append("\" height=\"").append(h).append("\">\n");
        out.append("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">"
                + "<path d=\"M0,0 L8,4 L0,8 z\" fill=\"#999\"/></marker></defs>\n");
        if (alone) {
            out.append("<style>").append(STYLE).append("</style>\n<rect x=\"-1\" y=\"-1\" width=\"").append(w).append("\" height=\"").append(h)
                    .append("\" fill=\"#fff\"/>\n");
        }
        for (GraphLayout.Scope s : g.scopes) {
            out.append("<g class=\"c\">").append(rect(s.x(), s.y(), s.width(), s.height(), 8)).append(text("", s.x() + 10, s.y() + 16, s.label()))
                    .append("</g>\n");
        }
        for (GraphLayout.Line l : g.lines) {
            StringBuilder d = new StringBuilder();
            for (int i = 0; i < l.points().size(); i += 2) {
                d.append(i == 0 ? "M" : " L").append(number(l.points().get(i))).append(',').append(number(l.points().get(i + 1)));
            }
            out.append("<g class=\"w\" data-from=\"").append(escape(l.edge().from())).append("\" data-to=\"").append(escape(l.edge().to()))
                    .append("\"><path class=\"e\" d=\"").append(d).append("\" marker-end=\"url(#arrow)\"/>");
            if (!l.edge().label().isEmpty()) {
                out.append(text("s", l.labelX(), l.labelY() + 3, l.edge().label()));
            }
            out.append("</g>\n");
        }
        for (GraphLayout.Box b : g.boxes) {
            out.append("<g class=\"n ").append(b.node().kind()).append("\" data-id=\"").append(escape(b.node().id())).append("\"><title>")
                    .append(escape(b.node().id() + " (" + b.node().type() + ")" + (b.node().line() > 0 ? ", line " + b.node().line() : "")))
                    .append("</title>").append(rect(b.x(), b.y(), b.width(), b.height(), 6))
                    .append(text("", b.x() + b.width() / 2, b.y() + 16, b.node().label()))
                    .append(text("t", b.x() + b.width() / 2, b.y() + 29, b.node().type())).append("</g>\n");
        }
        return out.append("</svg>\n").toString();
    }

    private static String rect(double x, double y, double w, double h, int r) {
        return "<rect x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" + number(w) + "\" height=\"" + number(h) + "\" rx=\"" + r + "\"/>";
    }

    private static String text(String style, double x, double y, String text) {
        return "<text" + (style.isEmpty() ? "" : " class=\"" + style + "\"") + " x=\"" + number(x) + "\" y=\"" + number(y) + "\">" + escape(text)
                + "</text>";
    }

    private static String number(double v) {
        return String.format(Locale.ROOT, "%.1f", v);
    }

    static String escape(String s) {
        return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
