package io.retrograd.kernel;

import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Boxes cut out of pictures and brought to one size, what flows back from them, and which of many boxes to keep. */
public final class Crops {
    private Crops() {}

    /** Where the places of a crop lie on one axis of its picture. */
    private record Line(float first, float last, int places, int size) {
        float at(int i) {
            float scale = places > 1 ? (last - first) * (size - 1) / (places - 1) : 0;
            return places > 1 ? first * (size - 1) + i * scale : (float) (0.5 * (first + last) * (size - 1));
        }

        boolean isInside(float at) {
            return at >= 0 && at <= size - 1;
        }
    }

    /** The four pixels around a place, and how far it lies from the upper and the left ones. */
    private record Square(int top, int bottom, int left, int right, float down, float across) {
        static Square around(float y, float x) {
            int top = (int) Math.floor(y);
            int left = (int) Math.floor(x);
            return new Square(top, (int) Math.ceil(y), left, (int) Math.ceil(x), y - top, x - left);
        }
    }

    private static Line vertical(NdArray boxes, int b, int places, int size) {
        return new Line(boxes.getFloat(4 * b), boxes.getFloat(4 * b + 2), places, size);
    }

    private static Line horizontal(NdArray boxes, int b, int places, int size) {
        return new Line(boxes.getFloat(4 * b + 1), boxes.getFloat(4 * b + 3), places, size);
    }

    private static int pixel(NdArray image, int b, int y, int x) {
        return ((b * image.dim(1) + y) * image.dim(2) + x) * image.dim(3);
    }

    /** C's roundf: halves away from zero. */
    private static int nearest(float v) {
        return (int) Math.floor(v + 0.5f);
    }

    /**
     * Crops of shape (boxes, height, width, depth).
     *
     * @param outside what stands where a box reaches over the picture
     */
    public static void forward(NdArray image, NdArray boxes, NdArray indices, boolean nearest, float outside, NdArray out) {
        int depth = image.dim(3);
        int to = 0;
        for (int b = 0; b < out.dim(0); b++) {
            int from = indices.getInt(b);
            Line rows = vertical(boxes, b, out.dim(1), image.dim(1));
            Line columns = horizontal(boxes, b, out.dim(2), image.dim(2));
            for (int y = 0; y < out.dim(1); y++) {
                float fy = rows.at(y);
                for (int x = 0; x < out.dim(2); x++, to += depth) {
                    float fx = columns.at(x);
                    for (int c = 0; c < depth; c++) {
                        out.setDouble(to + c, !rows.isInside(fy) || !columns.isInside(fx) ? outside
                                : nearest ? image.getFloat(pixel(image, from, nearest(fy), nearest(fx)) + c)
                                : mixed(image, from, fy, fx, c));
                    }
                }
            }
        }
    }

    private static float mixed(NdArray image, int b, float fy, float fx, int c) {
        Square s = Square.around(fy, fx);
        float tl = image.getFloat(pixel(image, b, s.top, s.left) + c);
        float tr = image.getFloat(pixel(image, b, s.top, s.right) + c);
        float bl = image.getFloat(pixel(image, b, s.bottom, s.left) + c);
        float br = image.getFloat(pixel(image, b, s.bottom, s.right) + c);
        float upper = tl + (tr - tl) * s.across;
        float lower = bl + (br - bl) * s.across;
        return upper + (lower - upper) * s.down;
    }

    /** The gradient with respect to the picture, added up in {@code out}. */
    public static void backToImage(NdArray upstream, NdArray boxes, NdArray indices, boolean nearest, NdArray out) {
        int depth = out.dim(3);
        int at = 0;
        for (int b = 0; b < upstream.dim(0); b++) {
            int to = indices.getInt(b);
            Line rows = vertical(boxes, b, upstream.dim(1), out.dim(1));
            Line columns = horizontal(boxes, b, upstream.dim(2), out.dim(2));
            for (int y = 0; y < upstream.dim(1); y++) {
                float fy = rows.at(y);
                for (int x = 0; x < upstream.dim(2); x++, at += depth) {
                    float fx = columns.at(x);
                    if (!rows.isInside(fy) || !columns.isInside(fx)) {
                        continue;
                    }
                    Square s = Square.around(fy, fx);
                    for (int c = 0; c < depth; c++) {
                        float g = upstream.getFloat(at + c);
                        if (nearest) {
                            add(out, pixel(out, to, nearest(fy), nearest(fx)) + c, g);
                            continue;
                        }
                        add(out, pixel(out, to, s.top, s.left) + c, (1 - s.across) * ((1 - s.down) * g));
                        add(out, pixel(out, to, s.top, s.right) + c, s.across * ((1 - s.down) * g));
                        add(out, pixel(out, to, s.bottom, s.left) + c, (1 - s.across) * (s.down * g));
                        add(out, pixel(out, to, s.bottom, s.right) + c, s.across * (s.down * g));
                    }
                }
            }
        }
    }

    private static void add(NdArray out, int i, float v) {
        out.setDouble(i, out.getDouble(i) + v);
    }

    /** The gradient of bilinear crops with respect to the boxes' corners, added up in {@code out}. */
    public static void backToBoxes(NdArray upstream, NdArray image, NdArray boxes, NdArray indices, NdArray out) {
        int depth = image.dim(3);
        int height = upstream.dim(1);
        int width = upstream.dim(2);
        float heightRatio = height > 1 ? (float) (image.dim(1) - 1) / (height - 1) : 0;
        float widthRatio = width > 1 ? (float) (image.dim(2) - 1) / (width - 1) : 0;
        int at = 0;
        for (int b = 0; b < upstream.dim(0); b++) {
            int from = indices.getInt(b);
            Line rows = vertical(boxes, b, height, image.dim(1));
            Line columns = horizontal(boxes, b, width, image.dim(2));
            for (int y = 0; y < height; y++) {
                float fy = rows.at(y);
                for (int x = 0; x < width; x++, at += depth) {
                    float fx = columns.at(x);
                    if (!rows.isInside(fy) || !columns.isInside(fx)) {
                        continue;
                    }
                    Square s = Square.around(fy, fx);
                    for (int c = 0; c < depth; c++) {
                        float tl = image.getFloat(pixel(image, from, s.top, s.left) + c);
                        float tr = image.getFloat(pixel(image, from, s.top, s.right) + c);
                        float bl = image.getFloat(pixel(image, from, s.bottom, s.left) + c);
                        float br = image.getFloat(pixel(image, from, s.bottom, s.right) + c);
                        float g = upstream.getFloat(at + c);
                        float dy = ((1 - s.across) * (bl - tl) + s.across * (br - tr)) * g;
                        float dx = ((1 - s.down) * (tr - tl) + s.down * (br - bl)) * g;
                        add(out, 4 * b, height > 1 ? dy * (image.dim(1) - 1 - y * heightRatio) : dy * 0.5f * (image.dim(1) - 1));
                        add(out, 4 * b + 2, height > 1 ? dy * (y * heightRatio) : dy * 0.5f * (image.dim(1) - 1));
                        add(out, 4 * b + 1, width > 1 ? dx * (image.dim(2) - 1 - x * widthRatio) : dx * 0.5f * (image.dim(2) - 1));
                        add(out, 4 * b + 3, width > 1 ? dx * (x * widthRatio) : dx * 0.5f * (image.dim(2) - 1));
                    }
                }
            }
        }
    }

    /** A box that was kept, and its score. */
    public record Chosen(int box, float score) {}

    private record Candidate(int box, float score, int compared) {}

    /**
     * Greedy suppression: the box with the highest score is kept, others that overlap it too much go (Bodla et al. 2017 for
     * the soft form, where they lose score instead).
     *
     * @param matrix whether {@code boxes} is a matrix of overlaps
     * @param sigma of the Gaussian by which overlap lowers a score; 0 for none
     */
    public static List<Chosen> suppress(NdArray boxes, boolean matrix, NdArray scores, int wanted, float limit, float least, float sigma) {
        // The first of equal scores stands first, as a heap in order of arrival gives them.
        PriorityQueue<Candidate> queue = new PriorityQueue<>((a, b) -> {
            int order = Float.compare(b.score, a.score);
            return order != 0 ? order : Integer.compare(a.box, b.box);
        });
        for (int i = 0; i < scores.size(); i++) {
            if (scores.getFloat(i) > least) {
                queue.add(new Candidate(i, scores.getFloat(i), 0));
            }
        }
        float scale = sigma > 0 ? -0.5f / sigma : 0;
        List<Chosen> chosen = new ArrayList<>();
        while (chosen.size() < wanted && !queue.isEmpty()) {
            Candidate next = queue.poll();
            float score = next.score;
            boolean gone = false;
            for (int j = chosen.size() - 1; j >= next.compared; j--) {
                float overlap = matrix ? boxes.getFloat(next.box * boxes.dim(1) + chosen.get(j).box) : overlap(boxes, next.box, chosen.get(j).box);
                score *= overlap <= limit ? (float) Math.exp(scale * overlap * overlap) : 0;
                if (overlap >= limit) {
                    gone = true;
                    break;
                }
                if (score <= least) {
                    break;
                }
            }
            if (gone) {
                continue;
            }
            if (score == next.score) {
                chosen.add(new Chosen(next.box, score));
            } else if (score > least) {
                queue.add(new Candidate(next.box, score, chosen.size()));
            }
        }
        return chosen;
    }

    /** Intersection over union. */
    private static float overlap(NdArray boxes, int i, int j) {
        float[] a = corners(boxes, i);
        float[] b = corners(boxes, j);
        float areaA = (a[2] - a[0]) * (a[3] - a[1]);
        float areaB = (b[2] - b[0]) * (b[3] - b[1]);
        if (areaA <= 0 || areaB <= 0) {
            return 0;
        }
        float common = Math.max(Math.min(a[2], b[2]) - Math.max(a[0], b[0]), 0) * Math.max(Math.min(a[3], b[3]) - Math.max(a[1], b[1]), 0);
        return common / (areaA + areaB - common);
    }

    private static float[] corners(NdArray boxes, int i) {
        float y1 = boxes.getFloat(4 * i);
        float x1 = boxes.getFloat(4 * i + 1);
        float y2 = boxes.getFloat(4 * i + 2);
        float x2 = boxes.getFloat(4 * i + 3);
        return new float[] {Math.min(y1, y2), Math.min(x1, x2), Math.max(y1, y2), Math.max(x1, x2)};
    }
}
