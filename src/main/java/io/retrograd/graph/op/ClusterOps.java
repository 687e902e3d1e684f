package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import io.retrograd.tensor.random.PhiloxRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Clusters of points: the nearest centres, and the choice of the first ones. */
final class ClusterOps {
    private ClusterOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "NearestNeighbors" -> new Nearest();
            case "KmeansPlusPlusInitialization" -> new PlusPlus();
            case "KMC2ChainInitialization" -> new Chain();
            default -> null;
        };
    }

    /** Half the squared length of each row. */
    private static float[] halfNorms(NdArray points) {
        int n = points.dim(0);
        int d = points.dim(1);
        float[] x = points.floats();
        float[] half = new float[n];
        for (int i = 0; i < n; i++) {
            float sum = 0;
            for (int j = 0; j < d; j++) {
                sum += x[i * d + j] * x[i * d + j];
            }
            half[i] = 0.5f * sum;
        }
        return half;
    }

    private static float inner(float[] a, int i, float[] b, int j, int d) {
        float sum = 0;
        for (int k = 0; k < d; k++) {
            sum += a[i * d + k] * b[j * d + k];
        }
        return sum;
    }

    private static void requireMatrix(NdArray value, String name) {
        if (value.rank() != 2) {
            throw NnError.invalidArgument("Input " + name + " should be a matrix.");
        }
    }

    /** The k nearest centres of each point, with the squared distances. */
    static final class Nearest extends OpDef {
        Nearest() {
            super("NearestNeighbors", "points: float, centers: float, k: int64",
                    "nearest_center_indices: int64, nearest_center_distances: float");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape rows = Shape.of(c.withRank(0, 2).dim(0), Shape.UNKNOWN);
            c.output(0, rows);
            c.output(1, rows);
        }

        @Override
        public void compute(KernelContext k) {
            requireMatrix(k.input(0), "points");
            requireMatrix(k.input(1), "centers");
            NdArray points = k.input(0).compact();
            NdArray centers = k.input(1).compact();
            int d = points.dim(1);
            if (points.dim(0) == 0) {
                throw NnError.invalidArgument("Expected points.rows() > 0.");
            }
            if (d != centers.dim(1)) {
                throw NnError.invalidArgument("Expected point_dimensions == center_dimensions: " + d + " vs " + centers.dim(1) + ".");
            }
            int m = centers.dim(0);
            int wanted = (int) Math.min(m, k.input(2).getLong(0));
            NdArray indices = k.output(0, points.dim(0), wanted);
            NdArray distances = k.output(1, points.dim(0), wanted);
            float[] ofPoints = halfNorms(points);
            float[] ofCenters = halfNorms(centers);
            float[] near = new float[m];
            for (int i = 0; i < points.dim(0); i++) {
                Integer[] order = new Integer[m];
                for (int j = 0; j < m; j++) {
                    near[j] = ofCenters[j] - inner(points.floats(), i, centers.floats(), j, d);
                    order[j] = j;
                }
                if (wanted == 1) {
                    int best = 0;
                    for (int j = 1; j < m; j++) {
                        best = near[j] < near[best] ? j : best;
                    }
                    order[0] = best;
                } else {
                    Arrays.sort(order, (a, b) -> Float.compare(near[a], near[b]));
                }
                for (int j = 0; j < wanted; j++) {
                    indices.setLong(i * wanted + j, order[j]);
                    distances.setDouble(i * wanted + j, Math.max(0, 2 * (near[order[j]] + ofPoints[i])));
                }
                k.checkInterrupt();
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** k-means++ (Arthur and Vassilvitskii 2007): each centre is drawn by its squared distance from those before, the best of some tries. */
    static final class PlusPlus extends OpDef {
        PlusPlus() {
            super("KmeansPlusPlusInitialization", "points: float, num_to_sample: int64, seed: int64, num_retries_per_sample: int64", "samples: float");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(Shape.UNKNOWN, c.withRank(0, 2).dim(1)));
        }

        @Override
        public void compute(KernelContext k) {
            requireMatrix(k.input(0), "points");
            NdArray points = k.input(0).compact();
            int n = points.dim(0);
            int d = points.dim(1);
            long wanted = k.input(1).getLong(0);
            if (n == 0) {
                throw NnError.invalidArgument("Expected points.rows() > 0.");
            }
            if (wanted <= 0) {
                throw NnError.invalidArgument("Expected num_to_sample > 0.");
            }
            if (wanted > n) {
                throw NnError.invalidArgument("Expected num_to_sample <= points.rows(). " + wanted + " vs " + n + ".");
            }
            long retries = k.input(3).getLong(0);
            retries = retries >= 0 ? retries : 2 + (long) Math.log(wanted);
            PhiloxRandom.Words random = new PhiloxRandom(k.input(2).getLong(0), 0).words(Integer.MAX_VALUE);
            float[] half = halfNorms(points);
            float[] least = new float[n];
            Arrays.fill(least, Float.POSITIVE_INFINITY);
            Set<Integer> chosen = new HashSet<>();
            NdArray samples = k.output(0, (int) wanted, d);
            for (int i = 0; i < wanted; i++) {
                float[] sums = sums(least);
                float smallest = Float.POSITIVE_INFINITY;
                float[] best = least;
                int at = 0;
                for (long t = 0; t <= retries; t++) {
                    int candidate = draw(random, sums, chosen);
                    float[] now = new float[n];
                    float total = 0;
                    for (int j = 0; j < n; j++) {
                        now[j] = Math.min(least[j], half[j] - inner(points.floats(), j, points.floats(), candidate, d) + half[candidate]);
                        total += now[j];
                    }
                    if (total < smallest) {
                        smallest = total;
                        at = candidate;
                        best = now;
                    }
                    k.checkInterrupt();
                }
                least = best;
                chosen.add(at);
                for (int j = 0; j < d; j++) {
                    samples.setDouble(i * d + j, points.getDouble(at * d + j));
                }
            }
        }

        private static float[] sums(float[] values) {
            float[] sums = values.clone();
            for (int i = 1; i < sums.length; i++) {
                sums[i] += sums[i - 1];
            }
            return sums;
        }

        private static int draw(PhiloxRandom.Words random, float[] sums, Set<Integer> chosen) {
            int n = sums.length;
            if (chosen.isEmpty()) {
                return (int) random.nextLong(n);
            }
            // Points that coincide with chosen ones leave no distance to draw by: then the first free one is taken.
            if (!(sums[n - 1] > 0)) {
                int first = 0;
                while (chosen.contains(first)) {
                    first++;
                }
                return first;
            }
            while (true) {
                float v = random.nextFloat() * sums[n - 1];
                int at = 0;
                while (at < n - 1 && sums[at] <= v) {
                    at++;
                }
                if (!chosen.contains(at)) {
                    return at;
                }
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** One Markov chain of k-MC2 (Bachem et al. 2016): the place of the centre that it ends at. */
    static final class Chain extends OpDef {
        Chain() {
            super("KMC2ChainInitialization", "distances: float, seed: int64", "index: int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of());
        }

        @Override
        public void compute(KernelContext k) {
            NdArray distances = k.input(0);
            if (distances.rank() != 1) {
                throw NnError.invalidArgument("Input distances should be a vector.");
            }
            if (distances.size() == 0) {
                throw NnError.invalidArgument("Expected distances_tensor.size() > 0.");
            }
            PhiloxRandom.Words random = new PhiloxRandom(k.input(1).getLong(0), 0).words(distances.size());
            int at = 0;
            for (int i = 1; i < distances.size(); i++) {
                if ((float) distances.getDouble(i) > random.nextFloat() * (float) distances.getDouble(at)) {
                    at = i;
                }
            }
            k.output(0).setLong(0, at);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
