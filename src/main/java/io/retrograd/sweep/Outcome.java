package io.retrograd.sweep;

import java.util.Map;

/**
 * What became of a run.
 *
 * @param error the first line of the error, empty if it ended well
 * @param values numbers and texts by name
 */
public record Outcome(Case run, double seconds, Map<String, Object> values, String error) {
    public boolean isOk() {
        return error.isEmpty();
    }
}
