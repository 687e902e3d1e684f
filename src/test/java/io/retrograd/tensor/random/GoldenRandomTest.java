package io.retrograd.tensor.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.testing.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** numpy's and Python's random streams, drawn with numpy 1.24 and CPython 3.11. */
class GoldenRandomTest {
    /** Math.exp, pow, log1p, sin and cos are not glibc's: their results may differ in the last bits. */
    private static final List<String> INEXACT = List.of("lognormal", "gamma", "beta", "chisquare", "f", "t", "pareto",
            "weibull", "power", "rayleigh", "p.gauss", "p.gammavariate", "p.betavariate");

    static List<Map<String, Object>> cases() {
        return Json.lines("/numpy/random.jsonl");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("cases")
    void drawsTheSame(Map<String, Object> c) {
        List<?> want = (List<?>) c.get("values");
        List<Object> got = draw(c, want.size());
        for (int i = 0; i < want.size(); i++) {
            Object w = want.get(i) instanceof String s ? Double.parseDouble(s) : want.get(i);
            int at = i;
            if (w instanceof Double d && INEXACT.contains(c.get("name"))) {
                assertEquals(d, (Double) got.get(i), Math.abs(d) * 1e-12, () -> c.get("name") + " at " + at);
            } else {
                assertEquals(w, got.get(i), () -> c.get("name") + " " + c.get("args") + " at " + at);
            }
        }
    }

    static List<Object> draw(Map<String, Object> c, int n) {
        String name = (String) c.get("name");
        List<?> args = (List<?>) c.get("args");
        double[] a = new double[3];
        for (int i = 0; i < Math.min(3, args.size()); i++) {
            a[i] = ((Number) args.get(i)).doubleValue();
        }
        if (name.startsWith("p.")) {
            PythonRandom r = new PythonRandom();
            Object seed = c.get("seed");
            r.seed(seed instanceof BigInteger b ? b : BigInteger.valueOf((Long) seed));
            return python(r, name, a, args, n);
        }
        RandomState r = new RandomState(0);
        if (c.get("seed") instanceof List<?> words) {
            r.seed(words.stream().mapToInt(w -> ((Long) w).intValue()).toArray());
        } else {
            r.seed((Long) c.get("seed"));
        }
        return numpy(r, name, a, args, n);
    }

    private static List<Object> numpy(RandomState r, String name, double[] a, List<?> args, int n) {
        return switch (name) {
            case "random" -> repeat(n, r::random);
            case "gauss" -> repeat(n, r::gauss);
            case "uniform" -> repeat(n, () -> r.uniform(a[0], a[1] - a[0]));
            case "normal" -> repeat(n, () -> r.normal(a[0], a[1]));
            case "lognormal" -> repeat(n, () -> r.lognormal(a[0], a[1]));
            case "exponential" -> repeat(n, () -> r.exponential(a[0]));
            case "gamma" -> repeat(n, () -> r.gamma(a[0], a[1]));
            case "beta" -> repeat(n, () -> r.beta(a[0], a[1]));
            case "chisquare" -> repeat(n, () -> r.chisquare(a[0]));
            case "f" -> repeat(n, () -> r.f(a[0], a[1]));
            case "cauchy" -> repeat(n, r::standardCauchy);
            case "t" -> repeat(n, () -> r.standardT(a[0]));
            case "pareto" -> repeat(n, () -> r.pareto(a[0]));
            case "weibull" -> repeat(n, () -> r.weibull(a[0]));
            case "power" -> repeat(n, () -> r.power(a[0]));
            case "laplace" -> repeat(n, () -> r.laplace(a[0], a[1]));
            case "gumbel" -> repeat(n, () -> r.gumbel(a[0], a[1]));
            case "logistic" -> repeat(n, () -> r.logistic(a[0], a[1]));
            case "rayleigh" -> repeat(n, () -> r.rayleigh(a[0]));
            case "wald" -> repeat(n, () -> r.wald(a[0], a[1]));
            case "triangular" -> repeat(n, () -> r.triangular(a[0], a[1], a[2]));
            case "poisson" -> repeat(n, () -> r.poisson(a[0]));
            case "binomial" -> repeat(n, () -> r.binomial((long) a[0], a[1]));
            case "negative_binomial" -> repeat(n, () -> r.negativeBinomial(a[0], a[1]));
            case "geometric" -> repeat(n, () -> r.geometric(a[0]));
            case "tomaxint" -> repeat(n, r::tomaxint);
            case "permutation" -> list(Arrays.stream(r.permutation(n)).asLongStream().toArray());
            case "multinomial" -> {
                List<Object> all = new ArrayList<>();
                double[] p = args.stream().skip(1).mapToDouble(x -> ((Number) x).doubleValue()).toArray();
                while (all.size() < n) {
                    all.addAll(list(r.multinomial((long) a[0], p)));
                }
                yield all;
            }
            default -> {
                DType type = switch (name) {
                    case "randint8" -> DType.UINT8;
                    case "randint16" -> DType.INT16;
                    case "randint32" -> DType.INT32;
                    case "randbool" -> DType.BOOL;
                    default -> DType.INT64;
                };
                NdArray out = NdArray.zeros(type, n);
                long low = ((Number) args.get(0)).longValue();
                r.randint(out, low, ((Number) args.get(1)).longValue() - 1 - low);
                yield list(out.toLongs());
            }
        };
    }

    private static List<Object> python(PythonRandom r, String name, double[] a, List<?> args, int n) {
        return switch (name) {
            case "p.random" -> repeat(n, r::random);
            case "p.gauss" -> repeat(n, () -> r.gauss(a[0], a[1]));
            case "p.normalvariate" -> repeat(n, () -> r.normalvariate(a[0], a[1]));
            case "p.uniform" -> repeat(n, () -> r.uniform(a[0], a[1]));
            case "p.expovariate" -> repeat(n, () -> r.expovariate(a[0]));
            case "p.gammavariate" -> repeat(n, () -> r.gammavariate(a[0], a[1]));
            case "p.betavariate" -> repeat(n, () -> r.betavariate(a[0], a[1]));
            case "p.triangular" -> repeat(n, () -> r.triangular(a[0], a[1], a[2]));
            case "p.below" -> repeat(n, () -> r.below(((Number) args.get(0)).longValue()));
            case "p.sample" -> list(Arrays.stream(r.sample((int) a[0], (int) a[1])).asLongStream().toArray());
            case "p.choices" -> repeat(n, () -> (long) r.choice((int) a[0]));
            case "p.choicesw" -> {
                double[] cumulative = {a[0], a[0] + a[1], a[0] + a[1] + a[2]};
                yield repeat(n, () -> (long) r.choice(cumulative));
            }
            default -> {
                long[] x = new long[n];
                Arrays.setAll(x, i -> i);
                r.shuffle(n, (i, j) -> {
                    long t = x[i];
                    x[i] = x[j];
                    x[j] = t;
                });
                yield list(x);
            }
        };
    }

    private static List<Object> repeat(int n, Supplier<Object> draw) {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            all.add(draw.get());
        }
        return all;
    }

    private static List<Object> list(long[] a) {
        List<Object> all = new ArrayList<>();
        for (long v : a) {
            all.add(v);
        }
        return all;
    }
}
