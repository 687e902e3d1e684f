package io.retrograd.lib.numpy;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.random.RandomState;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** The methods of RandomState, which are the functions of numpy.random too. */
final class RandomMethods {
    /** Beyond this a Poisson number may not fit a long. */
    private static final double LARGEST_LAMBDA = 9.223372006484771e18;

    private RandomMethods() {}

    /** Sizes given one by one; the tuple that belongs to other functions gets a word of help. */
    private static Object sizes(Machine m, String name, String other, Object[] dims) {
        if (dims.length == 0) {
            return None.NONE;
        }
        for (Object d : dims) {
            if (Semantics.indexOrNull(m, d) == null) {
                NnError e = NnError.type("'" + Semantics.typeOf(d).name() + "' object cannot be interpreted as an integer");
                if (dims.length == 3 && d instanceof TupleValue) {
                    StringBuilder call = new StringBuilder("rng." + other + "(");
                    for (int i = 0; i < dims.length; i++) {
                        call.append(i > 0 ? ", " : "").append(Semantics.repr(m, dims[i]));
                    }
                    e.help(name + " takes sizes; did you mean " + call + ")?");
                } else if (d instanceof TupleValue || d instanceof ListValue) {
                    e.help(name + " takes sizes one by one: " + name + "(2, 3), not " + name + "((2, 3))");
                }
                throw e;
            }
        }
        return TupleValue.of(dims);
    }

    @Builtin(value = "__new__", signature = "seed=None", doc = "A generator of its own, seeded or by chance.", example = "rng = np.random.RandomState(1)")
    static Object make(Machine m, Object seed) {
        RandomState r = NumpyState.unseeded(m);
        if (seed != None.NONE) {
            RandomStateValue.seed(m, r, seed);
        }
        return new RandomStateValue(r);
    }

    @Builtin(value = "seed", signature = "seed=None", method = true, doc = "Starts the generator again.")
    static void seed(Machine m, RandomStateValue self, Object seed) {
        if (seed == None.NONE) {
            self.state().seed(ThreadLocalRandom.current().nextInt() & 0xffffffffL);
        } else {
            RandomStateValue.seed(m, self.state(), seed);
        }
    }

    @Builtin(value = "rand", signature = "*dims", method = true, doc = "Uniform numbers in [0, 1); the sizes are given one by one.", example = "np.random.rand(2, 3)")
    static Object rand(Machine m, RandomStateValue self, Object[] dims) {
        return Draws.fill(m, sizes(m, "rand", "uniform", dims), self.state()::random);
    }

    @Builtin(value = "randn", signature = "*dims", method = true, doc = "Standard normal numbers; the sizes are given one by one.")
    static Object randn(Machine m, RandomStateValue self, Object[] dims) {
        return Draws.fill(m, sizes(m, "randn", "normal", dims), self.state()::gauss);
    }

    @Builtin(value = {"random_sample", "random", "ranf", "sample"}, signature = "size=None", method = true, doc = "Uniform numbers in [0, 1).")
    static Object random(Machine m, RandomStateValue self, Object size) {
        return Draws.fill(m, size, self.state()::random);
    }

    @Builtin(value = "uniform", signature = "low=0.0, high=1.0, size=None", method = true, doc = "Uniform numbers in [low, high).")
    static Object uniform(Machine m, RandomStateValue self, Object low, Object high, Object size) {
        return Draws.draw(m, size, false, (a, b, c) -> self.state().uniform(a, b - a), low, high);
    }

    @Builtin(value = "normal", signature = "loc=0.0, scale=1.0, size=None", method = true, doc = "Normal numbers.")
    static Object normal(Machine m, RandomStateValue self, Object loc, Object scale, Object size) {
        Draws.positive(m, scale, "scale");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().normal(a, b), loc, scale);
    }

    @Builtin(value = "standard_normal", signature = "size=None", method = true, doc = "Standard normal numbers.")
    static Object standardNormal(Machine m, RandomStateValue self, Object size) {
        return Draws.fill(m, size, self.state()::gauss);
    }

    @Builtin(value = "lognormal", signature = "mean=0.0, sigma=1.0, size=None", method = true, doc = "Numbers whose logarithm is normal.")
    static Object lognormal(Machine m, RandomStateValue self, Object mean, Object sigma, Object size) {
        Draws.positive(m, sigma, "sigma");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().lognormal(a, b), mean, sigma);
    }

    @Builtin(value = "exponential", signature = "scale=1.0, size=None", method = true, doc = "Exponentially distributed numbers.")
    static Object exponential(Machine m, RandomStateValue self, Object scale, Object size) {
        Draws.positive(m, scale, "scale");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().exponential(a), scale);
    }

    @Builtin(value = "standard_exponential", signature = "size=None", method = true, doc = "Exponentially distributed numbers of mean 1.")
    static Object standardExponential(Machine m, RandomStateValue self, Object size) {
        return Draws.fill(m, size, self.state()::standardExponential);
    }

    @Builtin(value = "gamma", signature = "shape, scale=1.0, size=None", method = true, doc = "Gamma distributed numbers.")
    static Object gamma(Machine m, RandomStateValue self, Object shape, Object scale, Object size) {
        Draws.positive(m, shape, "shape");
        Draws.positive(m, scale, "scale");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().gamma(a, b), shape, scale);
    }

    @Builtin(value = "standard_gamma", signature = "shape, size=None", method = true, doc = "Gamma distributed numbers of scale 1.")
    static Object standardGamma(Machine m, RandomStateValue self, Object shape, Object size) {
        Draws.positive(m, shape, "shape");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().standardGamma(a), shape);
    }

    @Builtin(value = "beta", signature = "a, b, size=None", method = true, doc = "Beta distributed numbers.")
    static Object beta(Machine m, RandomStateValue self, Object p, Object q, Object size) {
        Draws.above(m, p, "a");
        Draws.above(m, q, "b");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().beta(a, b), p, q);
    }

    @Builtin(value = "chisquare", signature = "df, size=None", method = true, doc = "Chi-square distributed numbers.")
    static Object chisquare(Machine m, RandomStateValue self, Object df, Object size) {
        Draws.above(m, df, "df");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().chisquare(a), df);
    }

    @Builtin(value = "f", signature = "dfnum, dfden, size=None", method = true, doc = "F distributed numbers.")
    static Object f(Machine m, RandomStateValue self, Object dfnum, Object dfden, Object size) {
        Draws.above(m, dfnum, "dfnum");
        Draws.above(m, dfden, "dfden");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().f(a, b), dfnum, dfden);
    }

    @Builtin(value = "standard_cauchy", signature = "size=None", method = true, doc = "Cauchy distributed numbers.")
    static Object cauchy(Machine m, RandomStateValue self, Object size) {
        return Draws.fill(m, size, self.state()::standardCauchy);
    }

    @Builtin(value = "standard_t", signature = "df, size=None", method = true, doc = "Student's t distributed numbers.")
    static Object studentT(Machine m, RandomStateValue self, Object df, Object size) {
        Draws.above(m, df, "df");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().standardT(a), df);
    }

    @Builtin(value = "pareto", signature = "a, size=None", method = true, doc = "Pareto distributed numbers.")
    static Object pareto(Machine m, RandomStateValue self, Object p, Object size) {
        Draws.above(m, p, "a");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().pareto(a), p);
    }

    @Builtin(value = "weibull", signature = "a, size=None", method = true, doc = "Weibull distributed numbers.")
    static Object weibull(Machine m, RandomStateValue self, Object p, Object size) {
        Draws.positive(m, p, "a");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().weibull(a), p);
    }

    @Builtin(value = "power", signature = "a, size=None", method = true, doc = "Numbers in [0, 1] of a power distribution.")
    static Object power(Machine m, RandomStateValue self, Object p, Object size) {
        Draws.above(m, p, "a");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().power(a), p);
    }

    @Builtin(value = "laplace", signature = "loc=0.0, scale=1.0, size=None", method = true, doc = "Laplace distributed numbers.")
    static Object laplace(Machine m, RandomStateValue self, Object loc, Object scale, Object size) {
        Draws.positive(m, scale, "scale");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().laplace(a, b), loc, scale);
    }

    @Builtin(value = "gumbel", signature = "loc=0.0, scale=1.0, size=None", method = true, doc = "Gumbel distributed numbers.")
    static Object gumbel(Machine m, RandomStateValue self, Object loc, Object scale, Object size) {
        Draws.positive(m, scale, "scale");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().gumbel(a, b), loc, scale);
    }

    @Builtin(value = "logistic", signature = "loc=0.0, scale=1.0, size=None", method = true, doc = "Logistically distributed numbers.")
    static Object logistic(Machine m, RandomStateValue self, Object loc, Object scale, Object size) {
        Draws.positive(m, scale, "scale");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().logistic(a, b), loc, scale);
    }

    @Builtin(value = "rayleigh", signature = "scale=1.0, size=None", method = true, doc = "Rayleigh distributed numbers.")
    static Object rayleigh(Machine m, RandomStateValue self, Object scale, Object size) {
        Draws.positive(m, scale, "scale");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().rayleigh(a), scale);
    }

    @Builtin(value = "wald", signature = "mean, scale, size=None", method = true, doc = "Wald distributed numbers.")
    static Object wald(Machine m, RandomStateValue self, Object mean, Object scale, Object size) {
        Draws.above(m, mean, "mean");
        Draws.above(m, scale, "scale");
        return Draws.draw(m, size, false, (a, b, c) -> self.state().wald(a, b), mean, scale);
    }

    @Builtin(value = "triangular", signature = "left, mode, right, size=None", method = true, doc = "Numbers of a triangular distribution.")
    static Object triangular(Machine m, RandomStateValue self, Object left, Object mode, Object right, Object size) {
        return Draws.draw(m, size, false, (a, b, c) -> self.state().triangular(a, b, c), left, mode, right);
    }

    @Builtin(value = "poisson", signature = "lam=1.0, size=None", method = true, doc = "Poisson distributed numbers.")
    static Object poisson(Machine m, RandomStateValue self, Object lam, Object size) {
        Draws.positive(m, lam, "lam");
        NdArray l = ArrayMaker.from(m, lam);
        for (int i = 0; i < l.size(); i++) {
            if (l.getDouble(i) > LARGEST_LAMBDA) {
                throw NnError.value("lam value too large");
            }
        }
        return Draws.draw(m, size, true, (a, b, c) -> self.state().poisson(a), lam);
    }

    @Builtin(value = "binomial", signature = "n, p, size=None", method = true, doc = "How many of n trials succeed.")
    static Object binomial(Machine m, RandomStateValue self, Object n, Object p, Object size) {
        Draws.positive(m, n, "n");
        Draws.probability(m, p);
        return Draws.draw(m, size, true, (a, b, c) -> self.state().binomial((long) a, b), n, p);
    }

    @Builtin(value = "negative_binomial", signature = "n, p, size=None", method = true, doc = "How many trials fail before n succeed.")
    static Object negativeBinomial(Machine m, RandomStateValue self, Object n, Object p, Object size) {
        Draws.above(m, n, "n");
        Draws.probability(m, p);
        Draws.above(m, p, "p");
        return Draws.draw(m, size, true, (a, b, c) -> self.state().negativeBinomial(a, b), n, p);
    }

    @Builtin(value = "geometric", signature = "p, size=None", method = true, doc = "How many trials it takes until one succeeds.")
    static Object geometric(Machine m, RandomStateValue self, Object p, Object size) {
        Draws.probability(m, p);
        Draws.above(m, p, "p");
        return Draws.draw(m, size, true, (a, b, c) -> self.state().geometric(a), p);
    }

    @Builtin(value = "tomaxint", signature = "size=None", method = true, doc = "Whole numbers of 63 bits.")
    static Object tomaxint(Machine m, RandomStateValue self, Object size) {
        return Draws.fillLongs(m, size, self.state()::tomaxint);
    }

    @Builtin(value = "randint", signature = "low, high=None, size=None, dtype=None", method = true, doc = "Whole numbers in [low, high), or in [0, low).")
    static Object randint(Machine m, RandomStateValue self, Object low, Object high, Object size, Object dtype) {
        DType t = dtype == None.NONE ? DType.INT64 : ElementType.convert(m, dtype);
        Object from = high == None.NONE ? 0L : low;
        Object to = high == None.NONE ? low : high;
        NdArray a = ArrayMaker.from(m, from);
        NdArray b = ArrayMaker.from(m, to);
        if (a.size() == 1 && b.size() == 1) {
            long lo = bound(m, from, a);
            long hi = bound(m, to, b);
            check(lo, hi, t);
            if (size == None.NONE) {
                NdArray one = NdArray.zeros(t);
                self.state().randint(one, lo, hi - 1 - lo);
                return dtype == None.NONE || dtype == CoreTypes.INT ? (Object) one.getLong(0) : t == DType.BOOL && dtype == CoreTypes.BOOL
                        ? (Object) one.getBoolean(0) : ScalarValue.of(one, 0);
            }
            NdArray out = Creation.zeros(t, Axes.shape(m, size));
            self.state().randint(out, lo, hi - 1 - lo);
            return new ArrayValue(out);
        }
        int[] shape = size == None.NONE ? Casting.broadcast(a, b) : Axes.ints(Axes.shape(m, size));
        NdArray lows = a.broadcastTo(shape);
        NdArray highs = b.broadcastTo(shape);
        NdArray out = NdArray.zeros(t, shape);
        NdArray one = NdArray.zeros(t);
        for (int i = 0; i < out.size(); i++) {
            check(lows.getLong(i), highs.getLong(i), t);
            self.state().randint(one, lows.getLong(i), highs.getLong(i) - 1 - lows.getLong(i));
            out.setLong(i, one.getLong(0));
        }
        return new ArrayValue(out);
    }

    /** numpy takes whole floats too, and cuts others. */
    private static long bound(Machine m, Object value, NdArray a) {
        return a.dtype().isFloating() ? (long) a.getDouble(0) : a.getLong(0);
    }

    private static void check(long low, long high, DType t) {
        if (low >= high) {
            throw NnError.value(low == 0 && high <= 0 ? "high <= 0" : "low >= high");
        }
        int bits = t == DType.BOOL ? 1 : t.byteSize() * 8;
        if (bits < 64) {
            long min = t.isUnsigned() || t == DType.BOOL ? 0 : -(1L << bits - 1);
            long max = t.isUnsigned() || t == DType.BOOL ? (1L << bits) - 1 : (1L << bits - 1) - 1;
            if (low < min) {
                throw NnError.value("low is out of bounds for " + t.numpyName());
            }
            if (high - 1 > max) {
                throw NnError.value("high is out of bounds for " + t.numpyName());
            }
        }
    }

    @Builtin(value = "random_integers", signature = "low, high=None, size=None", method = true, doc = "Whole numbers in [low, high], or in [1, low].")
    static Object randomIntegers(Machine m, RandomStateValue self, Object low, Object high, Object size) {
        long from = high == None.NONE ? 1 : Semantics.index(m, low);
        long to = Semantics.index(m, high == None.NONE ? low : high);
        return randint(m, self, from, to + 1, size, None.NONE);
    }

    @Builtin(value = "bytes", signature = "length", method = true, doc = "Random bytes.")
    static Object bytes(Machine m, RandomStateValue self, int length) {
        if (length < 0) {
            throw NnError.value("negative dimensions are not allowed");
        }
        byte[] out = new byte[length];
        int word = 0;
        for (int i = 0; i < length; i++) {
            word = i % 4 == 0 ? self.state().bits().nextInt() : word >>> 8;
            out[i] = (byte) word;
        }
        return new BytesValue(out);
    }

    @Builtin(value = "shuffle", signature = "x", method = true, doc = "Shuffles a list, or the rows of an array, in place.")
    static void shuffle(Machine m, RandomStateValue self, Object x) {
        if (x instanceof ListValue list) {
            self.state().shuffle(list.size(), (i, j) -> {
                Object t = list.get(i);
                list.set(i, list.get(j));
                list.set(j, t);
            });
            return;
        }
        if (!(x instanceof ArrayValue v)) {
            if (x instanceof TupleValue) {
                throw NnError.type("'tuple' object does not support item assignment");
            }
            int n = Semantics.length(m, x);
            self.state().shuffle(n, (i, j) -> {
                Object t = Semantics.item(m, x, (long) i);
                Semantics.setItem(m, x, (long) i, Semantics.item(m, x, (long) j));
                Semantics.setItem(m, x, (long) j, t);
            });
            return;
        }
        NdArray a = v.array();
        if (a.rank() == 0) {
            throw NnError.type("len() of unsized object");
        }
        int[] order = new int[a.dim(0)];
        Arrays.setAll(order, i -> i);
        self.state().shuffle(order.length, (i, j) -> {
            int t = order[i];
            order[i] = order[j];
            order[j] = t;
        });
        a.assign(reordered(a, order));
    }

    private static NdArray reordered(NdArray a, int[] order) {
        NdArray out = NdArray.zeros(a.dtype(), a.shape());
        int block = order.length == 0 ? 0 : a.size() / order.length;
        for (int i = 0; i < order.length; i++) {
            if (block > 0) {
                a.at(0, order[i]).copyTo(out.data(), i * block);
            }
        }
        return out;
    }

    @Builtin(value = "permutation", signature = "x", method = true, doc = "A shuffled copy, or the shuffled numbers below x.")
    static Object permutation(Machine m, RandomStateValue self, Object x) {
        Object n = x instanceof ArrayValue ? null : Semantics.indexOrNull(m, x);
        if (n != null) {
            int[] order = self.state().permutation((int) Math.max(0, Math.min(Integer.MAX_VALUE - 8, Semantics.index(m, n))));
            return new ArrayValue(NdArray.of(Arrays.stream(order).asLongStream().toArray(), order.length));
        }
        NdArray a = ArrayMaker.from(m, x);
        if (a.rank() == 0) {
            throw new NnError(ErrorKind.AXIS_ERROR, "x must be an integer or at least 1-dimensional");
        }
        return new ArrayValue(reordered(a, self.state().permutation(a.dim(0))));
    }

    @Builtin(value = "choice", signature = "a, size=None, replace=True, p=None", method = true, doc = "Random elements of an array, or random numbers below a.")
    static Object choice(Machine m, RandomStateValue self, Object a, Object size, boolean replace, Object p) {
        Object count = a instanceof ArrayValue v && v.array().rank() > 0 ? null : Semantics.indexOrNull(m, a);
        NdArray items = count == null ? ArrayMaker.from(m, a) : null;
        if (items != null && items.rank() != 1) {
            throw NnError.value(items.rank() == 0 ? "a must be 1-dimensional or an integer" : "a must be 1-dimensional");
        }
        int n = items == null ? (int) Semantics.index(m, count) : items.size();
        int[] shape = size == None.NONE ? new int[0] : Axes.ints(Axes.shape(m, size));
        int wanted = Arrays.stream(shape).reduce(1, (x, y) -> x * y);
        if (n <= 0 && wanted != 0) {
            throw NnError.value(items == null ? "a must be greater than 0 unless no samples are taken" : "'a' cannot be empty unless no samples are taken");
        }
        double[] weights = p == None.NONE ? null : Samples.weights(m, p, n);
        long[] places = replace ? Samples.withReplacement(self.state(), n, wanted, weights) : Samples.without(self.state(), n, wanted, weights);
        NdArray at = NdArray.wrap(DType.INT64, places, shape);
        if (items == null) {
            return size == None.NONE ? (Object) places[0] : new ArrayValue(at);
        }
        return ArrayValue.orScalar(Picking.take(items, at, 0));
    }

    @Builtin(value = "multinomial", signature = "n, pvals, size=None", method = true, doc = "How often each outcome occurs in n trials.")
    static Object multinomial(Machine m, RandomStateValue self, long n, Object pvals, Object size) {
        double[] p = ArrayMaker.from(m, pvals).toDoubles();
        if (n < 0) {
            throw NnError.value("n < 0");
        }
        for (double v : p) {
            if (!(v >= 0 && v <= 1)) {
                throw NnError.value("pvals < 0, pvals > 1 or pvals contains NaNs");
            }
        }
        double sum = 0;
        for (int i = 0; i < p.length - 1; i++) {
            sum += p[i];
        }
        if (sum > 1.0 + 1e-12) {
            throw NnError.value("sum(pvals[:-1]) > 1.0");
        }
        int[] shape = size == None.NONE ? new int[0] : Axes.ints(Axes.shape(m, size));
        int[] full = Arrays.copyOf(shape, shape.length + 1);
        full[shape.length] = p.length;
        NdArray out = NdArray.zeros(DType.INT64, full);
        for (int i = 0; i < out.size() && p.length > 0; i += p.length) {
            System.arraycopy(self.state().multinomial(n, p), 0, out.longs(), i, p.length);
        }
        return new ArrayValue(out);
    }

    @Builtin(value = "dirichlet", signature = "alpha, size=None", method = true, doc = "Points of a simplex.")
    static Object dirichlet(Machine m, RandomStateValue self, Object alpha, Object size) {
        Draws.above(m, alpha, "alpha");
        double[] a = ArrayMaker.from(m, alpha).toDoubles();
        int[] shape = size == None.NONE ? new int[0] : Axes.ints(Axes.shape(m, size));
        int[] full = Arrays.copyOf(shape, shape.length + 1);
        full[shape.length] = a.length;
        NdArray out = NdArray.zeros(DType.FLOAT64, full);
        for (int i = 0; i < out.size() && a.length > 0; i += a.length) {
            double sum = 0;
            for (int j = 0; j < a.length; j++) {
                double v = self.state().standardGamma(a[j]);
                out.doubles()[i + j] = v;
                sum += v;
            }
            double inverse = 1 / sum;
            for (int j = 0; j < a.length; j++) {
                out.doubles()[i + j] *= inverse;
            }
        }
        return new ArrayValue(out);
    }

    @Builtin(value = "multivariate_normal", signature = "mean, cov, size=None, check_valid='warn', tol=1e-08", method = true, doc = "Normal vectors with that mean and covariance.")
    static Object multivariateNormal(Machine m, RandomStateValue self, Object mean, Object cov, Object size, Object check, Object tol) {
        NdArray mu = ArrayMaker.from(m, mean).astype(DType.FLOAT64);
        NdArray c = ArrayMaker.from(m, cov).astype(DType.FLOAT64);
        if (mu.rank() != 1) {
            throw NnError.value("mean must be 1 dimensional");
        }
        if (c.rank() != 2 || c.dim(0) != c.dim(1)) {
            throw NnError.value("cov must be 2 dimensional and square");
        }
        if (mu.dim(0) != c.dim(0)) {
            throw NnError.value("mean and cov must have same length");
        }
        int[] shape = size == None.NONE ? new int[0] : Axes.ints(Axes.shape(m, size));
        int n = mu.size();
        int[] full = Arrays.copyOf(shape, shape.length + 1);
        full[shape.length] = n;
        NdArray x = NdArray.zeros(DType.FLOAT64, full);
        for (int i = 0; i < x.size(); i++) {
            x.doubles()[i] = self.state().gauss();
        }
        Decompositions.Singular s = Decompositions.svd(c, false);
        NdArray root = Elementwise.unary(m, UnaryFunctions.SQRT, s.values(), null).reshape(n, 1);
        NdArray factor = Elementwise.binary(m, BinaryFunctions.MULTIPLY, root, leadPositive(s.vt()), null);
        NdArray y = Products.dot(m, x.reshape(x.size() / Math.max(n, 1), n), factor);
        return new ArrayValue(Elementwise.binary(m, BinaryFunctions.ADD, y, mu, null).reshape(full));
    }

    /** Each row with its largest element positive: the signs that LAPACK finds for most covariance matrices. */
    private static NdArray leadPositive(NdArray rows) {
        int n = rows.dim(1);
        for (int i = 0; i < rows.dim(0); i++) {
            int big = 0;
            for (int j = 1; j < n; j++) {
                big = Math.abs(rows.getDouble(i * n + j)) > Math.abs(rows.getDouble(i * n + big)) ? j : big;
            }
            double sign = rows.getDouble(i * n + big) < 0 ? -1 : 1;
            for (int j = 0; j < n; j++) {
                rows.setDouble(i * n + j, sign * rows.getDouble(i * n + j));
            }
        }
        return rows;
    }

    @Builtin(value = "get_state", signature = "legacy=True", method = true, doc = "The generator's state, for set_state.")
    static Object getState(Machine m, RandomStateValue self, Object legacy) {
        RandomState r = self.state();
        NdArray key = NdArray.wrap(DType.UINT32, r.bits().key(), 624);
        return TupleValue.of("MT19937", new ArrayValue(key), (long) r.bits().position(), r.hasGauss() ? 1L : 0L, r.hasGauss() ? r.cachedGauss() : 0.0);
    }

    @Builtin(value = "set_state", signature = "state", method = true, doc = "Goes back to a state that get_state gave.")
    static void setState(Machine m, RandomStateValue self, Object state) {
        Object[] parts = Semantics.elements(m, state);
        if (parts.length < 3 || ArrayMaker.from(m, parts[1]).size() != 624) {
            throw NnError.value("state dictionary is not valid.");
        }
        self.state().bits().restore(ArrayMaker.from(m, parts[1]).astype(DType.UINT32).compact().ints(), (int) Semantics.index(m, parts[2]));
        if (parts.length > 4) {
            self.state().restoreGauss(Semantics.index(m, parts[3]) != 0, Semantics.real(m, parts[4]));
        }
    }
}
