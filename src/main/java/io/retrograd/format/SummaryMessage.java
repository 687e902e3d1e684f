package io.retrograd.format;

/** A Summary message in the making: tagged values that TensorBoard draws. */
public final class SummaryMessage {
    /** The histogram's bucket limits grow by a tenth from this one, as in TensorFlow. */
    private static final double SMALLEST_LIMIT = 1e-12;

    private static final double GROWTH = 1.1;
    private static final double LARGEST_LIMIT = 1e20;

    private final WireBuffer out = new WireBuffer();

    public SummaryMessage scalar(String tag, float value) {
        return add(new WireBuffer().text(1, tag).real(2, value));
    }

    /** A PNG image; colorspace 1 grey, 3 RGB, 4 RGBA. */
    public SummaryMessage image(String tag, int height, int width, int colorspace, byte[] png) {
        WireBuffer image = new WireBuffer().number(1, height).number(2, width).number(3, colorspace).bytes(4, png);
        return add(new WireBuffer().text(1, tag).message(4, image));
    }

    /** How the values are spread over buckets of exponentially growing width. */
    public SummaryMessage histogram(String tag, double[] values) {
        double[] limits = limits();
        double[] counts = new double[limits.length];
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        double sum = 0;
        double squares = 0;
        for (double v : values) {
            counts[bucket(limits, v)]++;
            least = Math.min(least, v);
            most = Math.max(most, v);
            sum += v;
            squares += v * v;
        }
        WireBuffer edges = new WireBuffer();
        WireBuffer heights = new WireBuffer();
        // Runs of empty buckets are written as one, as TensorFlow does.
        for (int i = 0; i < limits.length; ) {
            double end = limits[i];
            double count = counts[i];
            i++;
            if (count <= 0) {
                while (i < limits.length && counts[i] <= 0) {
                    end = limits[i];
                    i++;
                }
            }
            edges.fixed64(Double.doubleToRawLongBits(end));
            heights.fixed64(Double.doubleToRawLongBits(count));
        }
        WireBuffer histogram = new WireBuffer().real(1, least).real(2, most).real(3, (double) values.length).real(4, sum)
                .real(5, squares).message(6, edges).message(7, heights);
        return add(new WireBuffer().text(1, tag).message(5, histogram));
    }

    private static int bucket(double[] limits, double v) {
        int low = 0;
        int high = limits.length - 1;
        while (low < high) {
            int mid = (low + high) >>> 1;
            if (limits[mid] > v) {
                high = mid;
            } else {
                low = mid + 1;
            }
        }
        return low;
    }

    private static double[] limits() {
        int n = 0;
        for (double v = SMALLEST_LIMIT; v < LARGEST_LIMIT; v *= GROWTH) {
            n++;
        }
        double[] limits = new double[2 * n + 3];
        int i = n + 1;
        limits[i] = 0;
        int up = i + 1;
        for (double v = SMALLEST_LIMIT; v < LARGEST_LIMIT; v *= GROWTH) {
            limits[up] = v;
            limits[2 * i - up] = -v;
            up++;
        }
        limits[limits.length - 1] = Double.MAX_VALUE;
        limits[0] = -Double.MAX_VALUE;
        return limits;
    }

    private SummaryMessage add(WireBuffer value) {
        out.message(1, value);
        return this;
    }

    /**
     * A tensor, for a plugin of TensorBoard.
     *
     * @param type the number of its element type
     * @param strings its elements, if they are text; else null
     * @param content its elements one after the other, little end first, if they are numbers; else null
     * @param metadata a SummaryMetadata
     */
    public SummaryMessage tensor(String tag, int type, int[] shape, byte[][] strings, byte[] content, byte[] metadata) {
        WireBuffer dims = new WireBuffer();
        for (int d : shape) {
            dims.bytes(2, new WireBuffer().number(1, d).toBytes());
        }
        WireBuffer proto = new WireBuffer().number(1, type).bytes(2, dims.toBytes());
        if (strings != null) {
            for (byte[] each : strings) {
                proto.bytes(8, each);
            }
        } else {
            proto.bytes(4, content);
        }
        out.bytes(1, new WireBuffer().text(1, tag).bytes(9, metadata).bytes(8, proto.toBytes()).toBytes());
        return this;
    }

    /** The message with everything added so far. */
    public byte[] toBytes() {
        return out.toBytes();
    }

    /** One message with the values of all: they can be joined byte by byte. */
    public static byte[] merge(Iterable<byte[]> messages) {
        WireBuffer all = new WireBuffer();
        for (byte[] m : messages) {
            all.raw(m);
        }
        return all.toBytes();
    }
}
