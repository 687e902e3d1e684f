package io.retrograd.kernel;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * How one interpreter does its large arithmetic. By size: small products on plain loops, large ones on OpenBLAS, which
 * is loaded when the first of them is met. The choice is made by the sizes alone, so digits depend neither on what was
 * loaded before nor on the number of threads. Where OpenBLAS is not there everything runs on plain loops.
 */
public final class Kernels {
    /** Who does the products of matrices. */
    public enum Path {
        BY_SIZE,
        /** Plain loops everywhere, with the {@link EstimatedRoot roots} of TensorFlow: its digits, at some cost in speed. */
        TENSORFLOW,
        PLAIN,
        EJML,
        OPENBLAS
    }

    /**
     * Multiplications from which OpenBLAS does a product. There it saves 10 to 50 µs, a few products a step; loading it
     * takes 200 ms, so it pays after a thousand steps or so.
     */
    private static final long LARGE = 3L << 17;

    /** Products thinner than this are bounded by memory, whoever does them. */
    private static final int THIN = 8;

    /** Multiplications from which OpenBLAS does a convolution, and what follows it on {@link Path#TENSORFLOW}. */
    private static final long LARGE_CONVOLUTION = 1L << 22;

    private static final int THIN_CONVOLUTION = 16;

    /** Deeper products stay on plain loops: a block of them would be copied out of the heap as a gigabyte. */
    private static final int DEEPEST = 1 << 22;

    private final Path path;
    private final Consumer<String> log;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);
    private boolean told;
    private boolean convolved;

    /**
     * @param log takes one line about OpenBLAS when it is first needed: how it is called, or why it is not there
     */
    public Kernels(Path path, Consumer<String> log) {
        this.path = path;
        this.log = log;
    }

    /** The default: by size, in silence. */
    public static Kernels bySize() {
        return new Kernels(Path.BY_SIZE, line -> {});
    }

    public Path path() {
        return path;
    }

    /** Why this path cannot be taken here; empty if it can. Loads what it needs. */
    public static Optional<String> obstacle(Path path) {
        return path == Path.OPENBLAS && OpenBlas.product().isEmpty() ? Optional.of(OpenBlas.text()) : Optional.empty();
    }

    /** Whether square roots of vectors are estimated as TensorFlow does. */
    public boolean estimatesRoots() {
        return path == Path.TENSORFLOW && !convolved;
    }

    /** The library that does a product of that many multiplications; empty for plain loops. */
    Optional<BlockProduct> library(int rows, int columns, int depth, long multiplications) {
        return switch (path) {
            case PLAIN -> Optional.empty();
            case TENSORFLOW -> convolved ? byWork(rows, columns, depth, multiplications) : Optional.empty();
            case EJML -> Optional.of(new EjmlProduct());
            case OPENBLAS -> depth <= DEEPEST ? openBlas() : Optional.empty();
            case BY_SIZE -> multiplications >= LARGE && Math.min(rows, Math.min(columns, depth)) >= THIN && depth <= DEEPEST
                    ? openBlas()
                    : Optional.empty();
        };
    }

    /**
     * The library that does a convolution of that many multiplications. Large convolutions are not in TensorFlow's order on
     * any path. Once there was one, its digits are out of reach, and their price is not paid any more: from then on
     * everything goes by size.
     */
    Optional<BlockProduct> convolutionLibrary(int rows, int columns, int depth, long multiplications) {
        if (path != Path.TENSORFLOW && path != Path.BY_SIZE) {
            return library(rows, columns, depth, multiplications);
        }
        Optional<BlockProduct> library = byWork(rows, columns, depth, multiplications);
        convolved |= library.isPresent();
        return library;
    }

    private Optional<BlockProduct> byWork(int rows, int columns, int depth, long multiplications) {
        return multiplications >= LARGE_CONVOLUTION && Math.min(rows, Math.min(columns, depth)) >= THIN_CONVOLUTION
                && depth <= DEEPEST
                ? openBlas()
                : Optional.empty();
    }

    private Optional<BlockProduct> openBlas() {
        Optional<BlockProduct> product = OpenBlas.product();
        if (!told) {
            told = true;
            log.accept(product.isPresent()
                    ? "OpenBLAS does large matrix products, " + OpenBlas.text()
                    : "OpenBLAS is not there (" + OpenBlas.text() + "): large matrix products run on plain loops");
        }
        return product;
    }

    /** This thread's arrays. */
    Scratch scratch() {
        return scratch.get();
    }
}
