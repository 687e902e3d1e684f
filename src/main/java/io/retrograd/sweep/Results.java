package io.retrograd.sweep;

import io.retrograd.show.JsonText;
import io.retrograd.tensor.FloatText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The outcomes as tables: CSV and JSON with a row for each run, and a text with a row for each combination. */
public final class Results {
    /** Names longer than this are cut in the terminal. */
    private static final int WIDEST = 28;

    private static final String CUT = "...";

    private final List<Outcome> outcomes;
    private final List<String> settings;
    private final List<String> values;
    private final boolean seeded;

    public Results(List<Outcome> outcomes) {
        this.outcomes = outcomes;
        Set<String> names = new LinkedHashSet<>();
        Set<String> columns = new LinkedHashSet<>();
        for (Outcome o : outcomes) {
            names.addAll(o.run().settings().keySet());
            columns.addAll(o.values().keySet());
        }
        settings = new ArrayList<>(names);
        values = new ArrayList<>(columns);
        seeded = outcomes.stream().anyMatch(o -> o.run().seed().isPresent());
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    List<String> settings() {
        return settings;
    }

    /** The names of what the runs told. */
    public List<String> values() {
        return values;
    }

    /** The last of them that is a number in some run; empty if there is none. */
    public String lastNumber() {
        for (int i = values.size() - 1; i >= 0; i--) {
            String name = values.get(i);
            if (outcomes.stream().anyMatch(o -> o.isOk() && o.values().containsKey(name) && Double.isFinite(Numbers.of(o.values().get(name))))) {
                return name;
            }
        }
        return "";
    }

    boolean isSeeded() {
        return seeded;
    }

    // ---- files

    /** RFC 4180: a header, a line for each run; the digits are whole. */
    public String csv() {
        StringBuilder out = new StringBuilder();
        List<String> header = new ArrayList<>(List.of("run"));
        header.addAll(settings);
        if (seeded) {
            header.add("seed");
        }
        header.addAll(values);
        header.addAll(List.of("seconds", "error"));
        line(out, header);
        for (Outcome o : outcomes) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(o.run().number())));
            settings.forEach(s -> row.add(o.run().settings().getOrDefault(s, "")));
            if (seeded) {
                row.add(o.run().seed().isPresent() ? Long.toString(o.run().seed().getAsLong()) : "");
            }
            values.forEach(v -> row.add(o.values().containsKey(v) ? whole(o.values().get(v)) : ""));
            row.add(Numbers.text(o.seconds()));
            row.add(o.error());
            line(out, row);
        }
        return out.toString();
    }

    private static String whole(Object v) {
        return v instanceof Double d ? FloatText.repr(d) : String.valueOf(v);
    }

    private static void line(StringBuilder out, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean quoted = cell.indexOf(',') >= 0 || cell.indexOf('"') >= 0 || cell.indexOf('\n') >= 0;
            out.append(i == 0 ? "" : ",").append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        out.append('\n');
    }

    /** A list of objects, one for each run. */
    public String json() {
        StringBuilder out = new StringBuilder("[");
        for (Outcome o : outcomes) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("run", o.run().number());
            row.put("settings", o.run().settings());
            o.run().seed().ifPresent(s -> row.put("seed", s));
            row.put("values", o.values());
            row.put("seconds", Math.round(o.seconds() * 1000) / 1000.0);
            row.put("error", o.error());
            out.append(out.length() == 1 ? "\n" : ",\n").append(JsonText.of(row));
        }
        return out.append("\n]\n").toString();
    }

    // ---- the terminal's table

    /** Runs that differ in their seed alone. */
    List<List<Outcome>> combinations() {
        Map<Map<String, String>, List<Outcome>> groups = new LinkedHashMap<>();
        for (Outcome o : outcomes) {
            groups.computeIfAbsent(o.run().settings(), k -> new ArrayList<>()).add(o);
        }
        return new ArrayList<>(groups.values());
    }

    /** A row for each combination, with mean and standard deviation over the seeds; then the runs that failed. */
    public String table() {
        boolean several = combinations().stream().anyMatch(g -> g.size() > 1);
        List<List<String>> rows = new ArrayList<>();
        List<String> header = new ArrayList<>(settings);
        if (several) {
            header.add("runs");
        } else if (seeded) {
            header.add("seed");
        }
        values.forEach(v -> header.add(cut(v)));
        header.add("seconds");
        rows.add(header);
        for (List<Outcome> group : combinations()) {
            List<Outcome> ok = group.stream().filter(Outcome::isOk).toList();
            List<String> row = new ArrayList<>(group.get(0).run().settings().values());
            if (several) {
                row.add(ok.size() == group.size() ? Integer.toString(ok.size()) : ok.size() + " of " + group.size());
            } else if (seeded) {
                row.add(Long.toString(group.get(0).run().seed().orElse(0)));
            }
            values.forEach(v -> row.add(summary(group, v)));
            row.add(Numbers.text(Math.round(mean(group.stream().mapToDouble(Outcome::seconds).toArray()) * 100) / 100.0));
            rows.add(row);
        }
        StringBuilder out = new StringBuilder(aligned(rows));
        for (Outcome o : outcomes) {
            if (!o.isOk()) {
                out.append("run ").append(o.run().number()).append(" failed").append(o.run().toString().isEmpty() ? "" : " (" + o.run() + ")")
                        .append(": ").append(o.error()).append('\n');
            }
        }
        return out.toString();
    }

    private static String summary(List<Outcome> group, String value) {
        List<Object> found = new ArrayList<>();
        for (Outcome o : group) {
            if (o.isOk() && o.values().containsKey(value)) {
                found.add(o.values().get(value));
            }
        }
        if (found.isEmpty()) {
            return "-";
        }
        double[] numbers = found.stream().mapToDouble(Numbers::of).toArray();
        boolean text = found.stream().anyMatch(String.class::isInstance);
        if (text || found.size() == 1) {
            return cut(Numbers.text(found.get(0)));
        }
        return Numbers.text(mean(numbers)) + " \u00b1 " + Numbers.text(deviation(numbers));
    }

    static double mean(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x;
        }
        return sum / v.length;
    }

    /** Of a sample: the squares' sum over n - 1. */
    static double deviation(double[] v) {
        if (Arrays.stream(v).allMatch(x -> x == v[0])) {
            // Their mean may differ from them by rounding.
            return 0;
        }
        double mean = mean(v);
        double squares = 0;
        for (double x : v) {
            squares += (x - mean) * (x - mean);
        }
        return v.length < 2 ? 0 : Math.sqrt(squares / (v.length - 1));
    }

    private static String cut(String name) {
        return name.length() <= WIDEST ? name : CUT + name.substring(name.length() - WIDEST + CUT.length());
    }

    private static String aligned(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                line.append(c == 0 ? "" : "  ").append(" ".repeat(widths[c] - row.get(c).length())).append(row.get(c));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
