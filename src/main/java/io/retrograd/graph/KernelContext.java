package io.retrograd.graph;

import io.retrograd.format.FileAccess;
import io.retrograd.kernel.Kernels;
import io.retrograd.tensor.NdArray;
import java.util.function.Supplier;

/**
 * What a kernel sees. Arrays that come in are contiguous and start at offset 0; they belong to others and are
 * not to be changed.
 */
public interface KernelContext {
    Operation operation();

    int inputCount();

    NdArray input(int i);

    /** A buffer of the output's type for the kernel to fill; what it holds before is undefined. */
    NdArray output(int i, int... shape);

    /** Makes an array that exists already the output: an input passed on, seen under another shape. */
    void forward(int i, NdArray value);

    /** The state of the variable whose reference is input i. */
    VariableState variable(int i);

    /** The state of the variable that this operation is. */
    VariableState ownVariable();

    /** Output i is the reference of that variable. */
    void forwardReference(int i, VariableState variable);

    /** What this operation remembers from run to run in one session: a generator, an iterator. */
    <T> T state(Class<T> kind, Supplier<T> make);

    /** The files that operations may read and write. */
    FileAccess files();

    /** Threads that this kernel may use. */
    int threads();

    /** How large arithmetic is done. */
    Kernels kernels();

    /** Throws if the script was interrupted; long kernels ask between tiles. */
    void checkInterrupt();

    /** Input i as an array that stays as it is until the run ends, however often the operation before is run again. */
    default NdArray keep(int i) {
        return input(i).copy();
    }

    /** Shows a line to whoever watches the run; nobody does while constants are folded. */
    default void log(String line) {}
}
