package io.retrograd.kernel;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import io.retrograd.tensor.random.PhiloxRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * One of TensorFlow's queues in one session: elements, one array a component, that some runs put in and others take
 * out. TensorFlow fills a queue from threads; here whoever needs elements lets the queue's fillers work until there are
 * enough, so that a script's results do not depend on timing.
 */
public final class ElementQueue {
    /** Puts elements in, a run at a time, as a thread of a queue runner would. */
    public interface Filler {
        /** Works once; false if it has ended and is not to be asked again. */
        boolean fill();
    }

    /** In which order elements come out. */
    public enum Order {
        FIRST_IN,
        RANDOM,
        SMALLEST_FIRST
    }

    private final String type;
    private final String name;
    private final Order order;
    private final long capacity;
    private final long left;
    private final PhiloxRandom.Words chance;
    private final List<Shape> shapes;
    private final Deque<NdArray[]> line = new ArrayDeque<>();
    private final List<NdArray[]> heap = new ArrayList<>();
    private final List<Filler> fillers = new ArrayList<>();
    private int turn;
    private boolean filling;
    private boolean closed;
    private String reason;

    /**
     * The shapes of the elements of a queue of priorities, which come first.
     *
     * @param components how many others there are
     * @param shapes of the others; empty where they are not known
     */
    public static List<Shape> withPriority(int components, List<Shape> shapes) {
        if (shapes.isEmpty() && components > 0) {
            return List.of();
        }
        List<Shape> all = new ArrayList<>(List.of(Shape.scalar()));
        all.addAll(shapes);
        return all;
    }

    /**
     * @param type what error texts call it, {@code FIFOQueue}
     * @param capacity how many elements it holds; negative for any number
     * @param left how many stay in after elements were taken at random, until it is closed
     * @param shapes of the components; empty where they are not known
     */
    public ElementQueue(
            String type, String name, Order order, long capacity, long left, PhiloxRandom random, List<Shape> shapes) {
        this.type = type;
        this.name = name;
        this.order = order;
        this.capacity = capacity < 0 ? Integer.MAX_VALUE : capacity;
        this.left = left;
        this.chance = random == null ? null : random.words();
        this.shapes = shapes;
    }

    public List<Shape> shapes() {
        return shapes;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Lets the filler work for it from now on. */
    public void addFiller(Filler filler) {
        fillers.add(filler);
    }

    private int size() {
        return order == Order.FIRST_IN ? line.size() : heap.size();
    }

    /** How many elements it holds, its fillers having run ahead as far as its capacity allows. */
    public int filledSize() {
        for (long i = 0; i < capacity && size() < capacity && fillOnce(); i++) {
            // The filler did the work.
        }
        return (int) Math.min(size(), capacity);
    }

    /**
     * Puts an element in.
     *
     * @throws NnError CancelledError if it is closed, InvalidArgumentError for wrong shapes; where it is full and no one
     *     is there to take elements out, DeadlineExceededError instead of waiting for ever
     */
    public void put(NdArray[] element) {
        if (closed) {
            throw new NnError(ErrorKind.CANCELLED_ERROR, type + " '" + name + "' is closed.");
        }
        for (int i = 0; i < shapes.size() && i < element.length; i++) {
            if (!shapes.get(i).isCompatibleWith(Shape.of(element[i].shape()))) {
                throw NnError.invalidArgument("Shape mismatch in tuple component " + i + ". Expected "
                        + shapes.get(i).toBrackets() + ", got " + Broadcast.brackets(element[i].shape()));
            }
        }
        if (size() >= capacity && !filling) {
            throw new NnError(
                            ErrorKind.DEADLINE_EXCEEDED_ERROR,
                            type + " '" + name + "' is full (" + capacity + " elements): this would wait for ever")
                    .help("dequeue before enqueueing more, or give the queue a larger capacity");
        }
        if (order == Order.FIRST_IN) {
            line.add(element);
        } else {
            heap.add(element);
        }
    }

    /**
     * Takes elements out.
     *
     * @param upTo whether fewer will do where the queue is closed
     * @throws NnError OutOfRangeError if it is closed and holds too few; DeadlineExceededError if it holds too few and
     *     nobody fills it
     */
    public List<NdArray[]> take(int n, boolean upTo) {
        if (n < 0) {
            throw NnError.invalidArgument("Component shapes must be fully defined: cannot take " + n + " elements");
        }
        long wanted = n + (order == Order.RANDOM && n > 0 ? left : 0);
        while (!closed && size() < wanted && fillOnce()) {
            // The filler did the work.
        }
        if (closed ? size() < n && !(upTo && size() > 0) : size() < wanted) {
            throw tooFew(n);
        }
        List<NdArray[]> taken = new ArrayList<>();
        for (int i = 0; i < n && size() > 0; i++) {
            taken.add(one());
        }
        return taken;
    }

    private NnError tooFew(int n) {
        if (!closed) {
            return new NnError(
                            ErrorKind.DEADLINE_EXCEEDED_ERROR,
                            type + " '" + name + "' has insufficient elements (requested " + n + ", current size " + size()
                                    + ") and nothing fills it: this would wait for ever")
                    .help("call tf.train.start_queue_runners(sess, coord) first, or enqueue elements");
        }
        NnError error = new NnError(
                ErrorKind.OUT_OF_RANGE_ERROR,
                type + " '" + name + "' is closed and has insufficient elements (requested " + n + ", current size " + size()
                        + ")");
        return reason == null ? error : error.help("what fills it stopped: " + reason);
    }

    private NdArray[] one() {
        if (order == Order.FIRST_IN) {
            return line.remove();
        }
        int at = order == Order.RANDOM ? (int) (Integer.toUnsignedLong(chance.nextInt()) % heap.size()) : smallest();
        NdArray[] element = heap.get(at);
        if (order == Order.RANDOM) {
            // TensorFlow's way: the last element moves into the gap.
            heap.set(at, heap.get(heap.size() - 1));
            heap.remove(heap.size() - 1);
        } else {
            heap.remove(at);
        }
        return element;
    }

    private int smallest() {
        int at = 0;
        for (int i = 1; i < heap.size(); i++) {
            if (heap.get(i)[0].getLong(0) < heap.get(at)[0].getLong(0)) {
                at = i;
            }
        }
        return at;
    }

    /** Lets the next filler work; false if there is none. */
    private boolean fillOnce() {
        if (closed || fillers.isEmpty() || filling) {
            return false;
        }
        turn %= fillers.size();
        Filler filler = fillers.get(turn);
        filling = true;
        try {
            if (filler.fill()) {
                turn++;
            } else {
                fillers.remove(filler);
            }
        } finally {
            filling = false;
        }
        return true;
    }

    /** Takes nothing more in; what is in can still be taken out. */
    public void close() {
        closed = true;
        fillers.clear();
    }

    /** Closes it, and says why in the error of those who want more. */
    public void close(String why) {
        reason = why;
        close();
    }
}
