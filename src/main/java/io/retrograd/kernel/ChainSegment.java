package io.retrograd.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A part of a {@link FloatChain}: one loop that is more than arithmetic, or formulas that a {@link FusedLoop} does at once. */
final class ChainSegment {
    /** HotSpot makes vector instructions of loops that are not much longer than this. */
    private static final int LONGEST = 12;

    private final FloatChain.Instruction[] code;
    /** Null for a loop that stands alone. */
    private final FusedLoop fused;
    /** The registers of its arrays. */
    private final int[] map;

    private ChainSegment(FloatChain.Instruction[] code, FusedLoop fused, int[] map) {
        this.code = code;
        this.fused = fused;
        this.map = map;
    }

    /** The chain's code, cut into segments. */
    static ChainSegment[] cut(FloatChain.Instruction[] code, FloatChain.Operand[] operands, int last, FusedLoops loops) {
        List<ChainSegment> segments = new ArrayList<>();
        for (int from = 0, to; from < code.length; from = to) {
            to = from;
            while (to < code.length && to - from < LONGEST && code[to].loop() instanceof FloatFormula) {
                to++;
            }
            if (to - from > 1) {
                segments.add(fuse(code, from, to, operands, last, loops));
            } else {
                to = Math.max(to, from + 1);
                segments.add(new ChainSegment(Arrays.copyOfRange(code, from, to), null, null));
            }
        }
        return segments.toArray(new ChainSegment[0]);
    }

    private static ChainSegment fuse(
            FloatChain.Instruction[] code, int from, int to, FloatChain.Operand[] operands, int last, FusedLoops loops) {
        // Operands are numbered before results, so first those are found that come from outside.
        Map<Integer, Integer> value = new HashMap<>();
        List<Integer> map = new ArrayList<>();
        List<Boolean> single = new ArrayList<>();
        boolean[] written = new boolean[last + 1];
        for (int i = from; i < to; i++) {
            for (int r : read(code[i])) {
                if (!written[r] && !value.containsKey(r)) {
                    value.put(r, map.size());
                    map.add(r);
                    single.add(r < operands.length && operands[r].lie() == FloatChain.Lie.ONE);
                }
            }
            written[code[i].to()] = true;
        }
        List<FusedLoops.Term> terms = new ArrayList<>();
        List<Integer> results = new ArrayList<>();
        for (int i = from; i < to; i++) {
            FloatChain.Instruction x = code[i];
            FloatFormula formula = (FloatFormula) x.loop();
            int a = value.get(x.a());
            terms.add(new FusedLoops.Term(formula, a, formula.isBinary() ? value.get(x.b()) : a));
            int number = single.size() + i - from;
            value.put(x.to(), number);
            if (isWanted(code, i, to, last)) {
                results.add(number);
                map.add(x.to());
            }
        }
        FusedLoop loop = loops.of(new FusedLoops.Code(single, terms, results));
        return new ChainSegment(
                Arrays.copyOfRange(code, from, to), loop, map.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int[] read(FloatChain.Instruction x) {
        boolean binary = !(x.loop() instanceof FloatFormula f) || f.isBinary();
        return binary ? new int[] {x.a(), x.b()} : new int[] {x.a()};
    }

    /** Whether what instruction i writes is read behind the segment that ends at {@code end}. */
    private static boolean isWanted(FloatChain.Instruction[] code, int i, int end, int last) {
        int register = code[i].to();
        for (int k = i + 1; k < code.length; k++) {
            if (k >= end) {
                for (int r : read(code[k])) {
                    if (r == register) {
                        return true;
                    }
                }
            }
            if (code[k].to() == register) {
                return false;
            }
        }
        return register == last;
    }

    /** Whether it is one fused loop by now. */
    boolean isReady() {
        return fused != null && fused.isReady();
    }

    /** Does elements from (a whole number of vectors) to to - 1; {@code compares} in one thread alone. */
    void run(float[][] registers, int from, int to, boolean compares) {
        int whole = from + (to - from & -FloatFormula.VECTOR);
        if (fused == null || whole == from) {
            plain(registers, from, to);
            return;
        }
        if (fused.isReady()) {
            fused.run(registers, map, from, whole);
        } else if (compares) {
            fused.compare(registers, map, from, whole, () -> plain(registers, from, whole));
        } else {
            plain(registers, from, whole);
        }
        if (whole < to) {
            plain(registers, whole, to);
        }
    }

    private void plain(float[][] registers, int from, int to) {
        for (FloatChain.Instruction x : code) {
            x.loop().run(registers[x.a()], registers[x.b()], registers[x.to()], from, to);
        }
    }
}
