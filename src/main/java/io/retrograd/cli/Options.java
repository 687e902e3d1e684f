package io.retrograd.cli;

import io.retrograd.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a script is to be run: the options before it, what to run, and the arguments behind it. Parsed by hand,
 * since this is the path on which every millisecond of the start is felt; commands use picocli.
 */
final class Options {
    /** Where the program comes from. */
    enum From {
        NOTHING,
        SCRIPT,
        CODE,
        STDIN
    }

    /** Wrong usage, in one line. */
    static final class UsageError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsageError(String message) {
            super(message, null, false, false);
        }
    }

    From from = From.NOTHING;
    String program = "";
    List<String> arguments = List.of();
    OptionalLong seed = OptionalLong.empty();
    int threads;
    /** Unless it is said, by size; where runs are seeded, to be compared with TensorFlow's, its own order of sums. */
    private Optional<Kernels.Path> kernels = Optional.empty();
    String operations = "";
    String engine = "";
    /** Whether servers may be started, which everybody can use who reaches them. */
    boolean listens;
    long clusterTimeout = ClusterOptions.TIMEOUT;
    boolean interactive;
    boolean debug;
    boolean verbose;
    boolean checkNumerics;
    /** Whether a status line is shown: empty for where standard error is a terminal. */
    Optional<Boolean> progress = Optional.empty();
    /** Where to draw the course of the loss; empty for nowhere. */
    String lossPlot = "";

    static Options parse(String[] args) {
        Options o = new Options();
        int i = 0;
        while (i < args.length && o.from == From.NOTHING) {
            String a = args[i++];
            String inline = null;
            int eq = a.startsWith("--") ? a.indexOf('=') : -1;
            if (eq > 0) {
                inline = a.substring(eq + 1);
                a = a.substring(0, eq);
            }
            switch (a) {
                case "--seed" -> {
                    String v = inline != null ? inline : value(args, i++, a);
                    o.seed = OptionalLong.of(number(a, v, 0, 0xffff_ffffL));
                }
                case "--threads" -> {
                    String v = inline != null ? inline : value(args, i++, a);
                    o.threads = (int) number(a, v, 1, 1024);
                }
                case "--kernels" -> o.kernels = Optional.of(path(inline != null ? inline : value(args, i++, a)));
                case "--ops" -> o.operations = inline != null ? inline : value(args, i++, a);
                case "--engine" -> {
                    o.engine = inline != null ? inline : value(args, i++, a);
                    if (!o.engine.equals("tensorflow") && !o.engine.equals("jvm")) {
                        throw new UsageError("--engine takes jvm or tensorflow, not '" + o.engine + "'");
                    }
                }
                case ClusterOptions.LISTEN -> o.listens = true;
                case ClusterOptions.TIMEOUT_OPTION -> {
                    String v = inline != null ? inline : value(args, i++, a);
                    o.clusterTimeout = number(a, v, 1, ClusterOptions.LONGEST);
                }
                case "--debug" -> o.debug = true;
                case "--check-numerics" -> o.checkNumerics = true;
                case "--verbose" -> o.verbose = true;
                case "--progress" -> o.progress = Optional.of(true);
                case "--no-progress" -> o.progress = Optional.of(false);
                case "--plot-loss" -> {
                    o.lossPlot = inline != null ? inline : value(args, i++, a);
                    String ending = o.lossPlot.toLowerCase(Locale.ROOT);
                    if (!ending.endsWith(".png") && !ending.endsWith(".svg")) {
                        throw new UsageError("--plot-loss takes a file that ends in .png or .svg, not '" + o.lossPlot + "'");
                    }
                }
                case "-i" -> o.interactive = true;
                case "-c" -> {
                    o.from = From.CODE;
                    o.program = value(args, i++, a);
                }
                case "-" -> o.from = From.STDIN;
                default -> {
                    if (a.startsWith("-") && a.length() > 1) {
                        throw new UsageError("unknown option '" + a + "'; see 'nn help'");
                    }
                    o.from = From.SCRIPT;
                    o.program = a;
                }
            }
        }
        List<String> rest = new ArrayList<>();
        while (i < args.length) {
            rest.add(args[i++]);
        }
        o.arguments = rest;
        return o;
    }

    Kernels.Path kernels() {
        return kernels.orElse(seed.isPresent() ? Kernels.Path.TENSORFLOW : Kernels.Path.BY_SIZE);
    }

    private static Kernels.Path path(String name) {
        return switch (name) {
            case "tensorflow" -> Kernels.Path.TENSORFLOW;
            case "plain" -> Kernels.Path.PLAIN;
            case "ejml" -> Kernels.Path.EJML;
            case "openblas" -> Kernels.Path.OPENBLAS;
            default -> throw new UsageError("--kernels takes tensorflow, plain, ejml or openblas, not '" + name + "'");
        };
    }

    private static String value(String[] args, int i, String option) {
        if (i >= args.length) {
            throw new UsageError(option + " needs a value; see 'nn help'");
        }
        return args[i];
    }

    private static long number(String option, String text, long least, long most) {
        try {
            long v = Long.parseLong(text);
            if (v >= least && v <= most) {
                return v;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, together with numbers out of range.
        }
        throw new UsageError(option + " takes a number from " + least + " to " + most + ", not '" + text + "'");
    }
}
