package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.Crops;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import io.retrograd.tensor.random.PhiloxRandom;
import java.util.ArrayList;
import java.util.List;

/** Boxes in pictures: drawn at random, painted, thinned where they overlap. Corners are shares (y1, x1, y2, x2). */
final class BoxOps {
    private BoxOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "SampleDistortedBoundingBox", "SampleDistortedBoundingBoxV2" -> new Sample(type);
            case "DrawBoundingBoxes", "DrawBoundingBoxesV2" -> new Draw(type);
            case "NonMaxSuppression", "NonMaxSuppressionV2", "NonMaxSuppressionV3", "NonMaxSuppressionV4",
                    "NonMaxSuppressionV5", "NonMaxSuppressionWithOverlaps" -> new Suppression(type);
            default -> null;
        };
    }

    /** A box of random place, size and shape that holds enough of one of the given boxes. */
    static final class Sample extends OpDef {
        private static final String[] COMMON = {
            "seed: int = 0", "seed2: int = 0", "aspect_ratio_range: list(float) = [0.75;1.33]", "area_range: list(float) = [0.05;1.0]",
            "max_attempts: int = 100", "use_image_if_no_bounding_boxes: bool = false", "T: uint8|int8|int16|int32|int64"
        };

        Sample(String type) {
            super(type, type.endsWith("V2") ? "image_size: T, bounding_boxes: float, min_object_covered: float" : "image_size: T, bounding_boxes: float",
                    "begin: T, size: T, bboxes: float", attributes(type));
        }

        private static String[] attributes(String type) {
            if (type.endsWith("V2")) {
                return COMMON;
            }
            List<String> all = new ArrayList<>(List.of(COMMON));
            all.add("min_object_covered: float = 0.1");
            return all.toArray(new String[0]);
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(3));
            c.output(1, Shape.of(3));
            c.output(2, Shape.of(1, 1, 4));
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }

        private record Rectangle(int left, int top, int right, int bottom) {
            float area() {
                return (float) ((right - left) * (bottom - top));
            }

            Rectangle common(Rectangle r) {
                int l = Math.max(left, r.left);
                int t = Math.max(top, r.top);
                int right2 = Math.min(right, r.right);
                int bottom2 = Math.min(bottom, r.bottom);
                return l > right2 || t > bottom2 ? new Rectangle(0, 0, 0, 0) : new Rectangle(l, t, right2, bottom2);
            }

            boolean covers(float share, List<Rectangle> boxes) {
                if (area() < 1) {
                    return false;
                }
                return boxes.stream().anyMatch(b -> b.area() >= 1 && common(b).area() / b.area() >= share);
            }
        }

        private static float range(Operation op, String name, int i) {
            return op.<List<Float>>attribute(name).get(i);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray size = k.input(0);
            NdArray given = k.input(1);
            Operation op = k.operation();
            if (size.rank() != 1) {
                throw NnError.invalidArgument("image_size must be 1-dimensional" + Broadcast.brackets(size.shape()));
            }
            if (size.size() != 3) {
                throw NnError.invalidArgument("image_size must contain 3 elements" + Broadcast.brackets(size.shape()));
            }
            if (given.rank() != 3) {
                throw NnError.invalidArgument("input boxes must be 3-dimensional [batch, num_boxes, coords]: " + Broadcast.brackets(given.shape()));
            }
            if (given.dim(2) != 4) {
                throw NnError.invalidArgument("bounding boxes must have shape [4] or [*, 4], got " + Broadcast.brackets(given.shape()));
            }
            int height = size.getInt(0);
            int width = size.getInt(1);
            float covered = k.inputCount() == 3 ? k.input(2).getFloat(0) : op.<Float>attribute("min_object_covered");
            if (covered < 0) {
                throw NnError.invalidArgument("Min object covered must be non-negative: " + covered);
            }
            List<Rectangle> boxes = boxes(given, height, width);
            Rectangle whole = new Rectangle(0, 0, width, height);
            if (boxes.isEmpty()) {
                if (!op.flag("use_image_if_no_bounding_boxes")) {
                    throw NnError.invalidArgument("No bounding boxes provided as input. One must enable use_image_if_no_bounding_boxes"
                            + " if you wish to not provide any bounding boxes.");
                }
                boxes.add(whole);
            }
            int attempts = (int) op.intAttribute("max_attempts");
            float low = range(op, "aspect_ratio_range", 0);
            float high = range(op, "aspect_ratio_range", 1);
            PhiloxRandom.Words random = k.state(PhiloxRandom.class,
                            () -> new PhiloxRandom(op.intAttribute("seed"), op.intAttribute("seed2")))
                    .words(4L * attempts);
            Rectangle found = whole;
            for (int i = 0; i < attempts; i++) {
                float aspect = unit(random) * (high - low) + low;
                Rectangle tried = crop(width, height, range(op, "area_range", 0), range(op, "area_range", 1), aspect, random);
                if (tried != null && tried.covers(covered, boxes)) {
                    found = tried;
                    break;
                }
            }
            set(k.output(0, 3), found.top, found.left, 0);
            set(k.output(1, 3), found.bottom - found.top, found.right - found.left, -1);
            NdArray shares = k.output(2, 1, 1, 4);
            shares.setDouble(0, (float) found.top / height);
            shares.setDouble(1, (float) found.left / width);
            shares.setDouble(2, (float) found.bottom / height);
            shares.setDouble(3, (float) found.right / width);
        }

        private static void set(NdArray to, long a, long b, long c) {
            to.setLong(0, a);
            to.setLong(1, b);
            to.setLong(2, c);
        }

        private static List<Rectangle> boxes(NdArray given, int height, int width) {
            List<Rectangle> boxes = new ArrayList<>();
            for (int b = 0; b < given.size() / 4; b++) {
                for (int i = 0; i < 4; i++) {
                    float v = given.getFloat(4 * b + i);
                    if (!(v >= 0 && v <= 1)) {
                        throw NnError.invalidArgument("All bounding box coordinates must be in [0.0, 1.0]: " + v);
                    }
                }
                boxes.add(new Rectangle((int) (given.getFloat(4 * b + 1) * width), (int) (given.getFloat(4 * b) * height),
                        (int) (given.getFloat(4 * b + 3) * width), (int) (given.getFloat(4 * b + 2) * height)));
            }
            return boxes;
        }

        private static float unit(PhiloxRandom.Words random) {
            return Float.intBitsToFloat(0x3f800000 | random.nextInt() & 0x7fffff) - 1;
        }

        /** An integer in [0, n): draws are rejected that would favour small ones. */
        private static int below(PhiloxRandom.Words random, int n) {
            if ((n & (n - 1)) == 0) {
                return random.nextInt() & (n - 1);
            }
            long all = 0xffffffffL;
            long rest = all % n + 1;
            long drawn;
            do {
                drawn = random.nextInt() & all;
            } while (drawn < rest);
            return (int) (drawn % n);
        }

        private static int round(float v) {
            return (int) Math.rint(v);
        }

        private static Rectangle crop(int width, int height, float least, float most, float aspect, PhiloxRandom.Words random) {
            if (most <= 0 || aspect <= 0 || width <= 0 || height <= 0 || least > most) {
                return null;
            }
            float minArea = least * width * height;
            float maxArea = most * width * height;
            int h = round((float) Math.sqrt(minArea / aspect));
            int tallest = round((float) Math.sqrt(maxArea / aspect));
            if (round(tallest * aspect) > width) {
                tallest = (int) ((width + 0.5 - 0.0000001f) / aspect);
            }
            tallest = Math.min(tallest, height);
            h = Math.min(h, tallest);
            if (h < tallest) {
                h += below(random, tallest - h + 1);
            }
            int w = round(h * aspect);
            float area = (float) (w * h);
            if (area < minArea) {
                h++;
                w = round(h * aspect);
                area = w * h;
            }
            if (area > maxArea) {
                h--;
                w = round(h * aspect);
                area = w * h;
            }
            if (area < minArea || area > maxArea || w > width || h > height || w <= 0 || h <= 0) {
                return null;
            }
            int y = h < height ? below(random, height - h) : 0;
            int x = w < width ? below(random, width - w) : 0;
            return new Rectangle(x, y, x + w, y + h);
        }
    }

    /** Frames one pixel wide. */
    static final class Draw extends OpDef {
        /** Red, green, blue, alpha. */
        private static final float[][] COLORS = {
            {1, 1, 0, 1}, {0, 0, 1, 1}, {1, 0, 0, 1}, {0, 1, 0, 1}, {0.5f, 0, 0.5f, 1}, {0.5f, 0.5f, 0, 1}, {0.5f, 0, 0, 1},
            {0, 0, 0.5f, 1}, {0, 1, 1, 1}, {1, 0, 1, 1}
        };

        Draw(String type) {
            super(type, type.endsWith("V2") ? "images: T, boxes: float, colors: float" : "images: T, boxes: float", "output: T", "T: float|half = float");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(1, 3);
            c.output(0, c.withRankAtLeast(0, 3));
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }

        @Override
        public void compute(KernelContext k) {
            NdArray images = k.input(0);
            NdArray boxes = k.input(1);
            if (images.rank() != 4) {
                throw NnError.invalidArgument("The rank of the images should be 4");
            }
            if (boxes.rank() != 3) {
                throw NnError.invalidArgument("The rank of the boxes tensor should be 3");
            }
            if (images.dim(0) != boxes.dim(0)) {
                throw NnError.invalidArgument("The batch sizes should be the same");
            }
            int depth = images.dim(3);
            if (depth != 1 && depth != 3 && depth != 4) {
                throw NnError.invalidArgument("Channel depth should be either 1 (GRY), 3 (RGB), or 4 (RGBA)");
            }
            NdArray out = k.output(0, images.shape());
            Blocks.copy(images, 0, out, 0, images.size());
            float[][] colors = colors(k, depth);
            for (int b = 0; b < images.dim(0); b++) {
                for (int i = 0; i < boxes.dim(1); i++) {
                    frame(out, b, boxes, (b * boxes.dim(1) + i) * 4, colors[i % colors.length]);
                }
            }
        }

        private static float[][] colors(KernelContext k, int depth) {
            if (k.inputCount() == 3 && k.input(2).size() > 0) {
                NdArray given = k.input(2);
                if (given.rank() != 2) {
                    throw NnError.invalidArgument("colors must be a 2-D matrix" + Broadcast.brackets(given.shape()));
                }
                if (given.dim(1) < depth) {
                    throw NnError.invalidArgument("colors must have equal or more channels than the image provided: " + Broadcast.brackets(given.shape()));
                }
                float[][] colors = new float[given.dim(0)][given.dim(1)];
                for (int i = 0; i < given.size(); i++) {
                    colors[i / given.dim(1)][i % given.dim(1)] = given.getFloat(i);
                }
                return colors;
            }
            float[][] colors = new float[COLORS.length][];
            for (int i = 0; i < colors.length; i++) {
                colors[i] = COLORS[i].clone();
                if (depth == 1) {
                    colors[i][0] = 1;
                }
            }
            return colors;
        }

        private static void frame(NdArray out, int image, NdArray boxes, int at, float[] color) {
            int height = out.dim(1);
            int width = out.dim(2);
            long top = (long) (boxes.getFloat(at) * (height - 1));
            long left = (long) (boxes.getFloat(at + 1) * (width - 1));
            long bottom = (long) (boxes.getFloat(at + 2) * (height - 1));
            long right = (long) (boxes.getFloat(at + 3) * (width - 1));
            if (top > bottom || left > right || top >= height || bottom < 0 || left >= width || right < 0) {
                return;
            }
            int firstRow = (int) Math.max(top, 0);
            int lastRow = (int) Math.min(bottom, height - 1);
            int firstColumn = (int) Math.max(left, 0);
            int lastColumn = (int) Math.min(right, width - 1);
            for (int x = firstColumn; x <= lastColumn; x++) {
                if (top >= 0) {
                    dot(out, image, (int) top, x, color);
                }
                if (bottom < height) {
                    dot(out, image, (int) bottom, x, color);
                }
            }
            for (int y = firstRow; y <= lastRow; y++) {
                if (left >= 0) {
                    dot(out, image, y, (int) left, color);
                }
                if (right < width) {
                    dot(out, image, y, (int) right, color);
                }
            }
        }

        private static void dot(NdArray out, int image, int y, int x, float[] color) {
            int depth = out.dim(3);
            int at = ((image * out.dim(1) + y) * out.dim(2) + x) * depth;
            for (int c = 0; c < depth; c++) {
                out.setDouble(at + c, color[c]);
            }
        }
    }

    /** The best boxes, without those that overlap a better one. */
    static final class Suppression extends OpDef {
        Suppression(String type) {
            super(type, inputs(type), outputs(type), attributes(type));
        }

        private static String inputs(String type) {
            return switch (type) {
                case "NonMaxSuppression" -> "boxes: float, scores: float, max_output_size: int32";
                case "NonMaxSuppressionV2" -> "boxes: T, scores: T, max_output_size: int32, iou_threshold: T_threshold";
                case "NonMaxSuppressionWithOverlaps" ->
                    "overlaps: float, scores: float, max_output_size: int32, overlap_threshold: float, score_threshold: float";
                case "NonMaxSuppressionV5" -> "boxes: T, scores: T, max_output_size: int32, iou_threshold: T, score_threshold: T, soft_nms_sigma: T";
                default -> "boxes: T, scores: T, max_output_size: int32, iou_threshold: T_threshold, score_threshold: T_threshold";
            };
        }

        private static String outputs(String type) {
            return switch (type) {
                case "NonMaxSuppressionV4" -> "selected_indices: int32, valid_outputs: int32";
                case "NonMaxSuppressionV5" -> "selected_indices: int32, selected_scores: T, valid_outputs: int32";
                default -> "selected_indices: int32";
            };
        }

        private static String[] attributes(String type) {
            return switch (type) {
                case "NonMaxSuppression" -> new String[] {"iou_threshold: float = 0.5"};
                case "NonMaxSuppressionWithOverlaps" -> new String[0];
                case "NonMaxSuppressionV4" ->
                    new String[] {"T: half|float = float", "T_threshold: half|float = float", "pad_to_max_output_size: bool = false"};
                case "NonMaxSuppressionV5" -> new String[] {"T: half|float = float", "pad_to_max_output_size: bool = false"};
                default -> new String[] {"T: half|float = float", "T_threshold: half|float = float"};
            };
        }

        private boolean isPadded(Operation op) {
            return op.definition().attributes().containsKey("pad_to_max_output_size") && op.flag("pad_to_max_output_size");
        }

        @Override
        public void infer(ShapeContext c) {
            int n = isPadded(c.operation()) && c.constant(2).isPresent() ? c.constant(2).get().getInt(0) : Shape.UNKNOWN;
            for (int i = 0; i < outputs().size(); i++) {
                c.output(i, outputs().get(i).name().equals("valid_outputs") ? Shape.scalar() : Shape.of(n));
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }

        @Override
        public void compute(KernelContext k) {
            NdArray boxes = k.input(0);
            NdArray scores = k.input(1);
            boolean overlaps = type().endsWith("Overlaps");
            if (boxes.rank() != 2) {
                throw NnError.invalidArgument((overlaps ? "overlaps" : "boxes") + " must be 2-D" + Broadcast.brackets(boxes.shape()));
            }
            if (!overlaps && boxes.dim(1) != 4) {
                throw NnError.invalidArgument("boxes must have 4 columns");
            }
            if (scores.rank() != 1) {
                throw NnError.invalidArgument("scores must be 1-D" + Broadcast.brackets(scores.shape()));
            }
            if (scores.size() != boxes.dim(0)) {
                throw NnError.invalidArgument("scores has incompatible shape");
            }
            float limit = k.inputCount() > 3 ? k.input(3).getFloat(0) : k.operation().<Float>attribute("iou_threshold");
            if (!overlaps && !(limit >= 0 && limit <= 1)) {
                throw NnError.invalidArgument("iou_threshold must be in [0, 1]");
            }
            float least = k.inputCount() > 4 ? k.input(4).getFloat(0) : Float.NEGATIVE_INFINITY;
            float sigma = k.inputCount() > 5 ? k.input(5).getFloat(0) : 0;
            int wanted = k.input(2).getInt(0);
            if (wanted < 0) {
                throw NnError.invalidArgument("output size must be non-negative");
            }
            List<Crops.Chosen> chosen = Crops.suppress(boxes, overlaps, scores, wanted, limit, least, sigma);
            int n = isPadded(k.operation()) ? wanted : chosen.size();
            for (int o = 0; o < outputs().size(); o++) {
                String name = outputs().get(o).name();
                NdArray out = name.equals("valid_outputs") ? k.output(o) : k.output(o, n);
                Blocks.clear(out);
                if (name.equals("valid_outputs")) {
                    out.setLong(0, chosen.size());
                    continue;
                }
                for (int i = 0; i < chosen.size(); i++) {
                    if (name.equals("selected_indices")) {
                        out.setLong(i, chosen.get(i).box());
                    } else {
                        out.setDouble(i, chosen.get(i).score());
                    }
                }
            }
        }
    }
}
