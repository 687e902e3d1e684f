package io.retrograd.kernel;

/**
 * One kernel's work, made of many products of blocks. It knows which of the two factors stays as it is until the work
 * is done, so that a library that copies blocks need not copy the same one twice.
 */
final class ProductCall {
    private final Kernels kernels;
    private final boolean leftStays;
    private final boolean rightStays;

    ProductCall(Kernels kernels, boolean leftStays, boolean rightStays) {
        this.kernels = kernels;
        this.leftStays = leftStays;
        this.rightStays = rightStays;
    }

    /** Whether all left blocks are parts of one matrix that does not change meanwhile. */
    boolean leftStays() {
        return leftStays;
    }

    /** The same for the right blocks. */
    boolean rightStays() {
        return rightStays;
    }

    /** This thread's arrays. */
    Scratch scratch() {
        return kernels.scratch();
    }
}
