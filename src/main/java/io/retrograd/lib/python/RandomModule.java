package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.IntMath;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SetValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.random.PythonRandom;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The module {@code random}: CPython's streams. Its functions are methods of a hidden generator, one for each
 * interpreter; {@code random.Random} makes others.
 */
final class RandomModule {
    private RandomModule() {}

    /** A generator of random numbers as scripts hold it. */
    static final class Generator implements Value {
        static final TypeValue TYPE = new TypeValue("random", "Random", CoreTypes.OBJECT,
                RandomModuleTable.TABLE, Generator::construct);

        private final PythonRandom random;

        Generator(PythonRandom random) {
            this.random = random;
        }

        private static Object construct(Machine m, Object[] arguments, String[] keywords) {
            PythonRandom random = new PythonRandom();
            seedWith(m, random, arguments.length > 0 ? arguments[0] : None.NONE);
            return new Generator(random);
        }

        @Override
        public boolean hasPlainAttributes() {
            return true;
        }

        @Override
        public TypeValue type() {
            return TYPE;
        }
    }

    /** The generator behind the module's functions. */
    private static final class Shared {
        private final Generator generator;

        Shared(Machine m) {
            PythonRandom random = new PythonRandom();
            m.world().seed().ifPresent(seed -> random.seed(BigInteger.valueOf(seed)));
            generator = new Generator(random);
        }
    }

    /** A module whose functions are bound to the shared generator. */
    private static final class Functions extends ModuleValue {
        Functions() {
            super("random");
            with("Random", Generator.TYPE);
            with("SystemRandom", Generator.TYPE);
        }

        @Override
        public boolean hasVersions() {
            return true;
        }

        @Override
        public Object exact(Machine m, String name) {
            Object found = super.exact(m, name);
            if (found == null && RandomModuleTable.TABLE.find(name) != null) {
                found = m.state(Shared.class, Shared::new).generator.attribute(m, name);
                attributes().put(name, found);
            }
            return found;
        }

        @Override
        public Collection<String> attributeNames(Machine m) {
            Collection<String> names = super.attributeNames(m);
            names.addAll(List.of(RandomModuleTable.TABLE.names()));
            return names;
        }
    }

    static ModuleValue make(Machine m) {
        return new Functions();
    }

    private static void seedWith(Machine m, PythonRandom random, Object seed) {
        if (seed == None.NONE) {
            random.seed();
            return;
        }
        if (seed instanceof String || seed instanceof BytesValue) {
            byte[] text = seed instanceof String s ? s.getBytes(StandardCharsets.UTF_8) : ((BytesValue) seed).bytes();
            random.seed(new BigInteger(1, concatenate(text, sha512(text))));
            return;
        }
        Object index = Semantics.indexOrNull(m, seed);
        random.seed(IntMath.big(index != null ? index : (Object) Semantics.hash(m, seed)));
    }

    private static byte[] concatenate(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    private static byte[] sha512(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-512").digest(text);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Builtin(value = "seed", method = true, signature = "a=None, version=2", doc = "Starts again from an int, a text or, without one, by chance.")
    static void seed(Machine m, Generator self, Object a, Object version) {
        seedWith(m, self.random, a);
    }

    @Builtin(value = "random", method = true, doc = "A float from 0 up to, but without, 1.")
    static double random(Machine m, Generator self) {
        return self.random.random();
    }

    @Builtin(value = "getrandbits", method = true, signature = "k, /", doc = "An int of k random bits.")
    static Object bits(Machine m, Generator self, int k) {
        if (k < 0) {
            throw NnError.value("number of bits must be non-negative");
        }
        return k == 0 ? 0L : IntMath.normal(self.random.getrandbits(k));
    }

    @Builtin(value = "randrange", method = true, signature = "start, stop=None, step=1", doc = "An element of range(start, stop, step).")
    static Object range(Machine m, Generator self, Object start, Object stop, Object step) {
        BigInteger from = IntMath.big(Semantics.indexObject(m, start));
        if (stop == None.NONE) {
            if (from.signum() <= 0) {
                throw NnError.value("empty range for randrange()");
            }
            return IntMath.normal(self.random.below(from));
        }
        BigInteger to = IntMath.big(Semantics.indexObject(m, stop));
        BigInteger by = IntMath.big(Semantics.indexObject(m, step));
        BigInteger width = to.subtract(from);
        if (by.signum() == 0) {
            throw NnError.value("zero step for randrange()");
        }
        BigInteger n = by.signum() > 0
                ? width.add(by).subtract(BigInteger.ONE).divide(by)
                : width.add(by).add(BigInteger.ONE).divide(by);
        if (n.signum() <= 0) {
            throw NnError.value("empty range for randrange() (" + from + ", " + to + ", " + (by.equals(BigInteger.ONE) ? width : by) + ")");
        }
        return IntMath.normal(from.add(by.multiply(self.random.below(n))));
    }

    @Builtin(value = "randint", method = true, signature = "a, b", doc = "An int from a up to, and with, b.")
    static Object integer(Machine m, Generator self, Object a, Object b) {
        return range(m, self, a, Semantics.binary(m, BinaryOperator.ADD, Semantics.indexObject(m, b), 1L), 1L);
    }

    @Builtin(value = "choice", method = true, signature = "seq", doc = "Some element of a sequence.")
    static Object choice(Machine m, Generator self, Object seq) {
        int n = Semantics.length(m, seq);
        if (n == 0) {
            throw NnError.index("Cannot choose from an empty sequence");
        }
        return Semantics.item(m, seq, self.random.below(n));
    }

    @Builtin(value = "choices", method = true, signature = "population, weights=None, *, cum_weights=None, k=1", doc = "k elements, each drawn from all of them, with weights if given.")
    static Object choices(Machine m, Generator self, Object population, Object weights, Object cumulative, int k) {
        Object[] all = Semantics.elements(m, population);
        ListValue drawn = new ListValue(Math.max(0, k));
        if (weights == None.NONE && cumulative == None.NONE) {
            for (int i = 0; i < k; i++) {
                if (all.length == 0) {
                    throw NnError.index("Cannot choose from an empty sequence");
                }
                drawn.add(all[self.random.choice(all.length)]);
            }
            return drawn;
        }
        if (weights != None.NONE && cumulative != None.NONE) {
            throw NnError.type("Cannot specify both weights and cumulative weights");
        }
        Object[] given = Semantics.elements(m, weights != None.NONE ? weights : cumulative);
        if (given.length != all.length) {
            throw NnError.value("The number of weights does not match the population");
        }
        double[] upTo = new double[given.length];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum = weights != None.NONE ? sum + Semantics.real(m, given[i]) : Semantics.real(m, given[i]);
            upTo[i] = sum;
        }
        if (sum <= 0) {
            throw NnError.value("Total of weights must be greater than zero");
        }
        for (int i = 0; i < k; i++) {
            drawn.add(all[self.random.choice(upTo)]);
        }
        return drawn;
    }

    @Builtin(value = "shuffle", method = true, signature = "x, random=None", doc = "Brings the elements of a list into random order.")
    static void shuffle(Machine m, Generator self, Object x, Object random) {
        if (x instanceof ListValue list) {
            self.random.shuffle(list.size(), (i, j) -> {
                Object e = list.get(i);
                list.set(i, list.get(j));
                list.set(j, e);
            });
            return;
        }
        self.random.shuffle(Semantics.length(m, x), (i, j) -> {
            Object e = Semantics.item(m, x, (long) i);
            Semantics.setItem(m, x, (long) i, Semantics.item(m, x, (long) j));
            Semantics.setItem(m, x, (long) j, e);
        });
    }

    @Builtin(value = "sample", method = true, signature = "population, k, *, counts=None", doc = "k different elements of a sequence, in random order.")
    static Object sample(Machine m, Generator self, Object population, int k, Object counts) {
        if (population instanceof SetValue) {
            throw NnError.type("Population must be a sequence.  For dicts or sets, use sorted(d).");
        }
        int n = Semantics.length(m, population);
        if (k < 0 || k > n) {
            throw NnError.value("Sample larger than population or is negative");
        }
        ListValue drawn = new ListValue(k);
        for (int at : self.random.sample(n, k)) {
            drawn.add(Semantics.item(m, population, (long) at));
        }
        return drawn;
    }

    @Builtin(value = "uniform", method = true, signature = "a, b", doc = "A float between a and b.")
    static double uniform(Machine m, Generator self, double a, double b) {
        return self.random.uniform(a, b);
    }

    @Builtin(value = "triangular", method = true, signature = "low=0.0, high=1.0, mode=None", doc = "A float between low and high, near mode most often.")
    static double triangular(Machine m, Generator self, double low, double high, Object mode) {
        return self.random.triangular(low, high, mode == None.NONE ? (low + high) / 2 : Semantics.real(m, mode));
    }

    @Builtin(value = "gauss", method = true, signature = "mu=0.0, sigma=1.0", doc = "A normally distributed float.")
    static double gauss(Machine m, Generator self, double mu, double sigma) {
        return self.random.gauss(mu, sigma);
    }

    @Builtin(value = "normalvariate", method = true, signature = "mu=0.0, sigma=1.0", doc = "A normally distributed float.")
    static double normal(Machine m, Generator self, double mu, double sigma) {
        return self.random.normalvariate(mu, sigma);
    }

    @Builtin(value = "lognormvariate", method = true, signature = "mu, sigma", doc = "A float whose logarithm is normally distributed.")
    static double logNormal(Machine m, Generator self, double mu, double sigma) {
        return self.random.lognormvariate(mu, sigma);
    }

    @Builtin(value = "expovariate", method = true, signature = "lambd=1.0", doc = "An exponentially distributed float.")
    static double exponential(Machine m, Generator self, double lambda) {
        return self.random.expovariate(lambda);
    }

    @Builtin(value = "gammavariate", method = true, signature = "alpha, beta", doc = "A gamma distributed float.")
    static double gamma(Machine m, Generator self, double alpha, double beta) {
        return self.random.gammavariate(alpha, beta);
    }

    @Builtin(value = "betavariate", method = true, signature = "alpha, beta", doc = "A beta distributed float.")
    static double beta(Machine m, Generator self, double alpha, double beta) {
        return self.random.betavariate(alpha, beta);
    }

    @Builtin(value = "paretovariate", method = true, signature = "alpha", doc = "A Pareto distributed float.")
    static double pareto(Machine m, Generator self, double alpha) {
        return self.random.paretovariate(alpha);
    }

    @Builtin(value = "weibullvariate", method = true, signature = "alpha, beta", doc = "A Weibull distributed float.")
    static double weibull(Machine m, Generator self, double alpha, double beta) {
        return self.random.weibullvariate(alpha, beta);
    }
}
