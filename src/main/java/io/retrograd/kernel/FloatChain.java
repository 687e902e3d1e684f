package io.retrograd.kernel;

import java.util.Arrays;

/**
 * Elementwise operations on floats that follow from each other, done in one pass over memory: tile by tile, so that
 * what lies between two of them never leaves the first-level cache. Each operation is the same loop that it is alone,
 * so the result has the same bits. Chains that have worked for some milliseconds get {@link FusedLoop fused loops}.
 *
 * <p>Registers hold a tile each: the operands, then temporaries, then the result, which the last instruction writes.
 */
public final class FloatChain {
    /** How an operand lies over the result. */
    public enum Lie {
        /** Element for element. */
        WHOLE,
        /** One element for all. */
        ONE,
        /** A row again and again. */
        ROW,
        /** Each element many times. */
        COLUMN
    }

    /**
     * An operand.
     *
     * @param span elements of the row, or how often each element of the column counts
     * @param fixed its elements where they never change, else null
     */
    public record Operand(Lie lie, int span, float[] fixed) {}

    /** {@code to = loop(a, b)} on registers. */
    public record Instruction(FloatLoop loop, int a, int b, int to) {}

    /** Additions for which a second thread is worth having: some 5 µs of work. */
    private static final int SHARE = 1 << 14;

    /** {@link FloatFunctions} work on this many at a time; so do all tiles but the last. */
    private static final int VECTOR = 8;

    private static final int ASK = 1 << 18;

    /** Elements below which a fused loop gains nothing. */
    private static final int FEW = 256;

    /** A fused loop's work on an element is worth so many times fewer additions. */
    private static final int GAIN = 4;

    private final int size;
    private final int tile;
    private final Operand[] operands;
    private final Instruction[] code;
    private final int registers;
    private final int weight;
    private final FusedLoops loops;
    private float[][][] spaces = {};
    private long done;
    /** Null until it has done much. */
    private ChainSegment[] segments;

    /** The arrays of operands and result, where the chain is one fused loop over them. */
    private float[][] direct;

    /**
     * @param size elements of the result
     * @param temporaries registers between the operands and the result
     * @param weight how many additions an element's work is worth, about
     * @param loops where to get fused loops
     */
    public FloatChain(int size, Operand[] operands, Instruction[] code, int temporaries, int weight, FusedLoops loops) {
        this.loops = loops;
        this.weight = weight;
        this.size = size;
        this.operands = operands;
        this.code = code;
        this.registers = operands.length + temporaries + 1;
        int t = Tiles.SIZE;
        for (Operand o : operands) {
            // Whole vectors in a tile, since functions do what is left behind them otherwise; and where it can be
            // whole rows, so that the operand's tile is the same each time.
            int vectors = o.span;
            while (vectors % VECTOR != 0) {
                vectors *= 2;
            }
            if (o.lie == Lie.ROW && vectors <= t) {
                t = t / vectors * vectors;
            }
        }
        this.tile = Math.min(t, size);
    }

    /** Runs it; {@code poll} throws when the work is no longer wanted. */
    public void run(float[][] data, float[] result, int threads, Runnable poll) {
        if (direct != null && segments[0].isReady()) {
            direct(data, result, threads, poll);
            return;
        }
        count();
        int parts = size <= tile ? 1 : Parallel.parts((long) size * weight, SHARE, threads);
        if (spaces.length < parts) {
            grow(parts);
        }
        if (size <= tile) {
            small(data, result, spaces[0]);
        } else if (isPlain()) {
            Instruction x = code[0];
            int each = ((size + tile - 1) / tile + parts - 1) / parts * tile;
            Parallel.run(parts, threads, p -> {
                int start = p * each;
                Tiles.run(Math.min(each, size - start), poll,
                        (from, to) -> x.loop.run(data[x.a], data[x.b], result, start + from, start + to));
            });
        } else if (parts == 1) {
            part(data, result, spaces[0], 0, size, poll, true);
        } else {
            int tiles = (size + tile - 1) / tile;
            int each = (tiles + parts - 1) / parts * tile;
            Parallel.run(parts, threads,
                    p -> part(data, result, spaces[p], p * each, Math.min(size, (p + 1) * each), poll, p == 0));
        }
    }

    private void count() {
        if (segments == null && code.length > 1 && size >= FEW) {
            done += (long) size * code.length;
            if (loops.areWorth(done)) {
                segments = ChainSegment.cut(code, operands, registers - 1, loops);
                boolean simple = size > tile && segments.length == 1;
                for (Operand o : operands) {
                    simple &= o.lie == Lie.WHOLE || o.lie == Lie.ONE;
                }
                direct = simple ? new float[registers][] : null;
            }
        }
    }

    /** All operations in one loop over operands and result where they lie. */
    private void direct(float[][] data, float[] result, int threads, Runnable poll) {
        System.arraycopy(data, 0, direct, 0, operands.length);
        direct[registers - 1] = result;
        int whole = size & -VECTOR;
        int parts = Parallel.parts((long) size * Math.max(1, weight / GAIN), SHARE, threads);
        int each = (whole / VECTOR + parts - 1) / parts * VECTOR;
        Parallel.run(parts, threads, p -> {
            int start = p * each;
            Tiles.run(Math.min(each, whole - start), poll,
                    (from, to) -> segments[0].run(direct, start + from, start + to, false));
        });
        if (whole < size) {
            part(data, result, spaces[0], whole, size, poll, false);
        }
    }

    /** A single operation, element for element: it is done where its operands lie. */
    private boolean isPlain() {
        return code.length == 1 && operands[code[0].a].lie == Lie.WHOLE && operands[code[0].b].lie == Lie.WHOLE;
    }

    private void grow(int parts) {
        int from = spaces.length;
        spaces = Arrays.copyOf(spaces, parts);
        for (int p = from; p < parts; p++) {
            float[][] space = new float[registers][];
            for (int r = 0; r < registers; r++) {
                boolean direct = size <= tile && (r == registers - 1 || r < operands.length && operands[r].lie == Lie.WHOLE);
                if (!direct) {
                    space[r] = new float[tile];
                }
                if (r < operands.length && operands[r].fixed != null && isSameInEachTile(operands[r])) {
                    spread(operands[r], operands[r].fixed, space[r], 0, tile);
                }
            }
            spaces[p] = space;
        }
    }

    /** All in one tile: operands and result are worked on where they lie. */
    private void small(float[][] data, float[] result, float[][] space) {
        for (int r = 0; r < operands.length; r++) {
            Operand o = operands[r];
            if (o.lie == Lie.WHOLE) {
                space[r] = data[r];
            } else if (o.fixed == null || !isSameInEachTile(o)) {
                spread(o, data[r], space[r], 0, size);
            }
        }
        space[registers - 1] = result;
        compute(space, size, true);
    }

    private void compute(float[][] space, int count, boolean compares) {
        if (segments == null) {
            for (Instruction x : code) {
                x.loop.run(space[x.a], space[x.b], space[x.to], 0, count);
            }
            return;
        }
        for (ChainSegment s : segments) {
            s.run(space, 0, count, compares);
        }
    }

    private void part(float[][] data, float[] result, float[][] space, int start, int end, Runnable poll, boolean compares) {
        for (int r = 0; r < operands.length; r++) {
            if (operands[r].fixed == null && isSameInEachTile(operands[r])) {
                spread(operands[r], data[r], space[r], 0, tile);
            }
        }
        float[] last = space[registers - 1];
        for (int from = start; from < end; from += tile) {
            int count = Math.min(tile, end - from);
            for (int r = 0; r < operands.length; r++) {
                Operand o = operands[r];
                if (o.lie == Lie.WHOLE) {
                    System.arraycopy(data[r], from, space[r], 0, count);
                } else if (!isSameInEachTile(o)) {
                    spread(o, data[r], space[r], from, count);
                }
            }
            compute(space, count, compares);
            System.arraycopy(last, 0, result, from, count);
            if ((from - start & ASK - 1) < tile && from > start) {
                poll.run();
            }
        }
    }

    private boolean isSameInEachTile(Operand o) {
        return o.lie == Lie.ONE || o.lie == Lie.ROW && tile % o.span == 0;
    }

    private static void spread(Operand o, float[] from, float[] to, int at, int count) {
        switch (o.lie) {
            case ONE -> Arrays.fill(to, 0, count, from[0]);
            case ROW -> {
                int p = at % o.span;
                for (int i = 0; i < count; p = 0) {
                    int n = Math.min(o.span - p, count - i);
                    System.arraycopy(from, p, to, i, n);
                    i += n;
                }
            }
            case COLUMN -> {
                int p = at / o.span;
                int n = o.span - at % o.span;
                for (int i = 0; i < count; n = o.span, p++) {
                    n = Math.min(n, count - i);
                    Arrays.fill(to, i, i + n, from[p]);
                    i += n;
                }
            }
            default -> throw new IllegalStateException(o.lie.toString());
        }
    }
}
