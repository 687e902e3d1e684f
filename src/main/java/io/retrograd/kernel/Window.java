package io.retrograd.kernel;

/**
 * How a window slides over one spatial dimension.
 *
 * @param in size of the input
 * @param window size of the window
 * @param out number of places it takes
 * @param stride distance between places
 * @param dilation distance between the window's elements
 * @param before zeros thought of before the input
 */
public record Window(int in, int window, int out, int stride, int dilation, int before) {

    /** A window without padding, or with as much as gives ceil(in / stride) places, the odd one behind. */
    public static Window of(int in, int window, int stride, int dilation, boolean same) {
        int effective = (window - 1) * dilation + 1;
        if (!same) {
            return new Window(in, window, Math.floorDiv(in - effective + stride, stride), stride, dilation, 0);
        }
        int out = (in + stride - 1) / stride;
        int needed = Math.max(0, (out - 1) * stride + effective - in);
        return new Window(in, window, out, stride, dilation, needed / 2);
    }

    /** A window with that much padding before and behind. */
    public static Window padded(int in, int window, int stride, int dilation, int before, int after) {
        int effective = (window - 1) * dilation + 1;
        return new Window(in, window, Math.floorDiv(in + before + after - effective + stride, stride), stride, dilation, before);
    }

    /** Where element {@code k} of the window lies when it is at place {@code o}; may be outside of the input. */
    public int at(int o, int k) {
        return o * stride - before + k * dilation;
    }

    /** The first place at which element {@code k} is inside of the input. */
    int firstInside(int k) {
        int short0 = before - k * dilation;
        return short0 <= 0 ? 0 : Math.min(out, (short0 + stride - 1) / stride);
    }

    /** One more than the last place at which element {@code k} is inside of the input. */
    int endInside(int k) {
        int room = in - 1 + before - k * dilation;
        return room < 0 ? 0 : Math.min(out, room / stride + 1);
    }
}
