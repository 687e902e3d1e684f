package io.retrograd.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fused loops of a session: chains of the same formulas share one, and what HotSpot made of it. */
public final class FusedLoops {
    /** Results of single operations after which a fused loop is worth its making: some 15 ms of work. */
    private static final long MUCH = 1L << 27;

    private final Map<Code, FusedLoop> loops = new HashMap<>();
    private final long worth;

    public FusedLoops() {
        this(MUCH);
    }

    /** For chains that have computed so many results; with 0 loops are used from the start, compiled or not. */
    FusedLoops(long worth) {
        this.worth = worth;
    }

    /** Whether a chain that has computed so many results gets fused loops. */
    boolean areWorth(long results) {
        return results > worth;
    }

    /** {@code value = formula(a, b)}; values are numbered: the operands, then the results in order. */
    record Term(FloatFormula formula, int a, int b) {}

    /**
     * What a loop does.
     *
     * @param operands for each operand, whether it is one element for all
     * @param results the values that are wanted afterwards
     */
    record Code(List<Boolean> operands, List<Term> terms, List<Integer> results) {}

    /** The loop for that; its arrays are the operands', then the results'. */
    synchronized FusedLoop of(Code code) {
        return loops.computeIfAbsent(code, c -> new FusedLoop(FusedLoopWriter.write(c), worth == 0));
    }
}
