package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** {@code tf.einsum}: sums of products over named dimensions, as transpositions, reshapes and matrix products. */
public final class Einsum {
    private final Graph g;
    private final String equation;
    private List<String> ins;
    private String out;

    private Einsum(Graph g, String equation) {
        this.g = g;
        this.equation = equation;
    }

    /**
     * @param equation as {@code ij,jk->ik}
     * @throws NnError ValueError for an equation that does not fit the inputs
     */
    public static Output of(Graph g, String equation, List<Output> inputs, String name) {
        try (NameScope scope = g.nameScope(name == null ? "einsum" : name)) {
            return new Einsum(g, equation).build(inputs);
        }
    }

    private Output build(List<Output> inputs) {
        parse(inputs);
        for (String labels : ins) {
            for (char a : labels.toCharArray()) {
                boolean twice = labels.indexOf(a) != labels.lastIndexOf(a);
                boolean palindrome = new StringBuilder(labels).reverse().toString().equals(labels);
                if (twice && ins.size() == 1 && palindrome && !equation.contains("->")) {
                    return LinalgOps.trace(g, inputs.get(0), null);
                }
                if (twice) {
                    throw NnError.value("Subscript not supported: an axis appears more than once: " + labels);
                }
            }
        }
        Output product = inputs.get(0);
        String labels = ins.get(0);
        for (int i = 1; i < inputs.size(); i++) {
            TreeSet<Character> sum = set(labels);
            sum.retainAll(set(ins.get(i)));
            sum.removeAll(set(out));
            for (int j = i + 1; j < ins.size(); j++) {
                sum.removeAll(set(ins.get(j)));
            }
            Pair next = reduce(product, labels, inputs.get(i), ins.get(i), sum);
            product = next.tensor;
            labels = next.labels;
        }
        List<Integer> missing = new ArrayList<>();
        StringBuilder left = new StringBuilder();
        for (int i = 0; i < labels.length(); i++) {
            if (out.indexOf(labels.charAt(i)) < 0) {
                missing.add(i);
            } else {
                left.append(labels.charAt(i));
            }
        }
        if (!missing.isEmpty()) {
            product = MathOps.sum(g, product, Literal.ofInts(missing.stream().mapToInt(i -> i).toArray()));
        }
        if (!set(left.toString()).equals(set(out)) || left.length() != out.length()) {
            throw NnError.value("Invalid equation: " + equation);
        }
        return ordered(product, left.toString(), out);
    }

    private void parse(List<Output> inputs) {
        String e = equation.replace(" ", "");
        if (!e.matches("[a-zA-Z,.]+(->[a-zA-Z.]*)?")) {
            throw NnError.value("Indices have incorrect format: " + e);
        }
        int arrow = e.indexOf("->");
        ins = new ArrayList<>(List.of((arrow < 0 ? e : e.substring(0, arrow)).split(",", -1)));
        out = arrow < 0 ? null : e.substring(arrow + 2);
        if (ins.size() != inputs.size()) {
            throw NnError.value("Got " + ins.size() + " arguments for equation \"" + e + "\", expecting " + inputs.size());
        }
        String dots = e.contains("...") ? ellipsis(inputs) : "";
        if (String.join("", ins).contains(".") || out != null && out.replace("...", "").contains(".")) {
            throw NnError.value("period \".\" found outside of ellipsis");
        }
        if (out != null) {
            out = out.replace("...", dots);
            return;
        }
        String all = String.join("", ins);
        StringBuilder once = new StringBuilder(dots);
        for (char a : set(all)) {
            if (dots.indexOf(a) < 0 && all.indexOf(a) == all.lastIndexOf(a)) {
                once.append(a);
            }
        }
        out = once.toString();
    }

    private String ellipsis(List<Output> inputs) {
        StringBuilder unused = new StringBuilder();
        String used = String.join("", ins);
        for (char a : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray()) {
            if (used.indexOf(a) < 0) {
                unused.append(a);
            }
        }
        String longest = "";
        for (int i = 0; i < ins.size(); i++) {
            if (!ins.get(i).contains("...")) {
                continue;
            }
            Shape s = inputs.get(i).shape();
            if (!s.hasRank()) {
                throw NnError.value("Unable to statically infer ellipsis axes.");
            }
            int n = s.rank() - ins.get(i).replace("...", "").length();
            if (n < 0) {
                throw NnError.value("Ellipses lengths do not match.");
            }
            String axes = unused.substring(unused.length() - n);
            ins.set(i, ins.get(i).replace("...", axes));
            longest = axes.length() > longest.length() ? axes : longest;
        }
        return longest;
    }

    private static TreeSet<Character> set(String labels) {
        TreeSet<Character> set = new TreeSet<>();
        for (char a : labels.toCharArray()) {
            set.add(a);
        }
        return set;
    }

    private record Pair(Output tensor, String labels) {}

    private static void checkRank(Output t, String labels, String name) {
        if (t.shape().rank() != labels.length()) {
            throw NnError.value("Tensor " + name + " of rank " + t.shape().rank()
                    + " does not match einsum reduction of length " + labels.length());
        }
    }

    private Pair reduce(Output t0, String l0, Output t1, String l1, TreeSet<Character> sum) {
        checkRank(t0, l0, "t0");
        checkRank(t1, l1, "t1");
        TreeSet<Character> kept = set(l0);
        kept.retainAll(set(l1));
        kept.removeAll(sum);
        String s0 = sorted(l0, kept, a -> sum.contains(a) ? 1 : 0);
        String s1 = sorted(l1, kept, a -> sum.contains(a) ? 0 : 1);
        Output a = ordered(t0, l0, s0);
        Output b = ordered(t1, l1, s1);
        int n = kept.size();
        int broadcast0 = l0.length() - n - sum.size();
        int broadcast1 = l1.length() - n - sum.size();
        if (sum.isEmpty()) {
            for (int i = 0; i < broadcast1; i++) {
                a = ArrayOps.expandDims(g, a, -1);
            }
            for (int i = 0; i < broadcast0; i++) {
                b = ArrayOps.expandDims(g, b, n);
            }
            return new Pair(MathOps.binary(g, "Mul", a, b, null), s0 + s1.substring(n));
        }
        List<Object> d0 = dims(a);
        Object wide0 = size(d0.subList(n, d0.size() - sum.size()));
        Object summed = size(d0.subList(d0.size() - sum.size(), d0.size()));
        List<Object> shape = new ArrayList<>(d0.subList(0, n));
        Collections.addAll(shape, wide0, summed);
        a = reshaped(a, shape);
        List<Object> d1 = dims(b);
        Object wide1 = size(d1.subList(n + sum.size(), d1.size()));
        shape = new ArrayList<>(d1.subList(0, n));
        Collections.addAll(shape, summed, wide1);
        b = reshaped(b, shape);
        Output product = MathOps.matmul(g, a, b, false, false, false, false, null);
        shape = new ArrayList<>(d0.subList(0, n + broadcast0));
        shape.addAll(d1.subList(d1.size() - broadcast1, d1.size()));
        product = reshaped(product, shape);
        return new Pair(product, s0.substring(0, n + broadcast0) + s1.substring(s1.length() - broadcast1));
    }

    private static String sorted(String labels, TreeSet<Character> kept, ToIntFunction<Character> place) {
        return labels.chars()
                .mapToObj(c -> (char) c)
                .sorted(Comparator.<Character>comparingInt(a -> kept.contains(a) ? -1 : place.applyAsInt(a))
                        .thenComparing(Comparator.naturalOrder()))
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    private Output ordered(Output t, String from, String to) {
        if (from.equals(to)) {
            return t;
        }
        int[] perm = to.chars().map(from::indexOf).toArray();
        return ArrayOps.transpose(g, t, Literal.ofInts(perm));
    }

    /** Sizes: Integers where known, tensors where not. */
    private List<Object> dims(Output t) {
        List<Object> dims = new ArrayList<>();
        Output shape = t.shape().isFullyDefined() ? null : Shapes.shape(g, t, null);
        for (int i = 0; i < t.shape().rank(); i++) {
            int d = t.shape().dim(i);
            dims.add(d == Shape.UNKNOWN ? (Object) ArrayOps.at(g, shape, i) : (Object) d);
        }
        return dims;
    }

    private Object size(List<Object> dims) {
        Object product = 1;
        for (Object d : dims) {
            product = product instanceof Integer a && d instanceof Integer b
                    ? (Object) (a * b)
                    : (Object) MathOps.times(g, number(product), number(d));
        }
        return product;
    }

    private static Operand number(Object d) {
        return d instanceof Integer n ? Literal.of((long) n) : (Output) d;
    }

    private Output reshaped(Output t, List<Object> shape) {
        boolean known = shape.stream().allMatch(d -> d instanceof Integer);
        if (known) {
            int[] dims = shape.stream().mapToInt(d -> (Integer) d).toArray();
            return t.shape().equals(Shape.of(dims)) ? t : ArrayOps.reshape(g, t, Literal.ofInts(dims), null);
        }
        return ArrayOps.reshape(g, t, ArrayOps.vector(shape.stream().map(Einsum::number).toArray(Operand[]::new)), null);
    }
}
