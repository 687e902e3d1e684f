package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;

/** The variables of one running function, class body or module. */
final class Frame {
    private static final Cell[] NO_CELLS = {};

    final Machine machine;

    /** Local variables by slot, null where unassigned; some hold a {@link Cell}. */
    final Object[] slots;

    /** The cells taken from the functions around. */
    final Cell[] cells;

    /** The code that runs, which knows the names of the slots. */
    final Code code;

    /** What is returned or yielded. */
    Object value;

    /** What {@code send} passes to a paused generator. */
    Object sent = None.NONE;

    /** What {@code throw} passes to a paused generator. */
    NnError thrown;

    /** Where a loop goes on that is run in parts. */
    long next;

    /** In a generator with bytecode: at which yield it paused, and the numbers whose marks lie in the slots. */
    int state;
    long[] bits;

    Frame(Machine machine, Code code, Object[] slots, Cell[] cells) {
        this.machine = machine;
        this.code = code;
        this.slots = slots;
        this.cells = cells;
    }

    Frame(Machine machine, Code code, int size) {
        this(machine, code, new Object[size], NO_CELLS);
    }

    /** The value that the yield expression where the generator was paused has now. */
    Object takeSent() {
        if (thrown != null) {
            NnError e = thrown;
            thrown = null;
            throw e;
        }
        Object v = sent;
        sent = None.NONE;
        return v;
    }
}
