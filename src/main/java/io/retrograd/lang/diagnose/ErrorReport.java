package io.retrograd.lang.diagnose;

import io.retrograd.lang.value.Place;
import java.util.List;

/**
 * Everything there is to say about an error that no script caught, ready to be rendered.
 *
 * @param headline kind and message, as TensorFlow, numpy or Python word them
 * @param place where it happened
 * @param operands the tensors, variables and arrays that the failing expression names
 * @param notes further lines
 * @param help what would be right; empty if there is nothing to say
 * @param calls the calls that led there, innermost first
 * @param callsLeftOut how many more calls a deep recursion had, between the first half of {@code calls} and the second
 */
public record ErrorReport(
        String headline,
        Place place,
        List<Operand> operands,
        List<String> notes,
        String help,
        List<Place> calls,
        int callsLeftOut) {

    /**
     * A name in the failing expression and what it stands for.
     *
     * @param where where the script assigned it, such as "line 9"; empty if unknown
     */
    public record Operand(String name, String description, String where) {}

    /** An error about which no more is known than its place, such as a SyntaxError. */
    public static ErrorReport of(String headline, Place place, String help) {
        return new ErrorReport(headline, place, List.of(), List.of(), help, List.of(), 0);
    }
}
