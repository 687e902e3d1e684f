package io.retrograd.graph;

import io.retrograd.error.NnError;
import java.util.Locale;

/**
 * A device as scripts name it, in whole or in part: {@code /job:worker/replica:0/task:1/device:CPU:0}. Parts that are
 * left open are null.
 *
 * @param job the name of the job
 * @param replica the number of the replica
 * @param task the number of the task in its job
 * @param type {@code CPU}, {@code GPU} …
 * @param index which device of that type; null for any
 */
public record DeviceSpec(String job, Long replica, Long task, String type, Long index) {
    /** Everything open. */
    public static final DeviceSpec ANY = new DeviceSpec(null, null, null, null, null);

    /** Reads what TensorFlow reads, the short forms {@code /cpu:0} and {@code cpu:0} included; ValueError for other words. */
    public static DeviceSpec parse(String text) {
        DeviceSpec spec = ANY;
        for (String part : text.split("/", -1)) {
            if (!part.isEmpty()) {
                spec = spec.with(part.split(":", -1), text);
            }
        }
        return spec;
    }

    private DeviceSpec with(String[] words, String whole) {
        String first = words[0];
        String kind = first.toUpperCase(Locale.ROOT);
        if (words.length == 2 && first.equals("job")) {
            return new DeviceSpec(words[1], replica, task, type, index);
        }
        if (words.length == 2 && first.equals("replica")) {
            return new DeviceSpec(job, number(words[1]), task, type, index);
        }
        if (words.length == 2 && first.equals("task")) {
            return new DeviceSpec(job, replica, number(words[1]), type, index);
        }
        boolean isShort = words.length <= 2 && (kind.equals("CPU") || kind.equals("GPU"));
        if (isShort || words.length == 3 && first.equals("device")) {
            if (type != null) {
                throw NnError.value("Cannot specify multiple device types: " + whole);
            }
            String which = words.length == 1 ? "*" : words[words.length - 1];
            return new DeviceSpec(job, replica, task, isShort ? kind : canonical(words[1]), which.equals("*") ? null : number(which));
        }
        if (first.isEmpty()) {
            return this;
        }
        throw NnError.value("Unknown attribute: '" + first + "' in '" + whole + "'");
    }

    /** The lower-case names of the two kinds that have them in capitals. */
    public static String canonical(String type) {
        return type.equals("cpu") || type.equals("gpu") ? type.toUpperCase(Locale.ROOT) : type;
    }

    private static Long number(String digits) {
        try {
            return Long.parseLong(digits.strip());
        } catch (NumberFormatException noNumber) {
            throw NnError.value("invalid literal for int() with base 10: '" + digits + "'");
        }
    }

    /** This one where the other leaves parts open. */
    public DeviceSpec mergedWith(DeviceSpec stronger) {
        return new DeviceSpec(
                stronger.job != null ? stronger.job : job,
                stronger.replica != null ? stronger.replica : replica,
                stronger.task != null ? stronger.task : task,
                stronger.type != null ? stronger.type : type,
                stronger.index != null ? stronger.index : index);
    }

    public DeviceSpec withTask(long number) {
        return new DeviceSpec(job, replica, number, type, index);
    }

    /** As TensorFlow writes it; empty where everything is open. */
    @Override
    public String toString() {
        return (job == null ? "" : "/job:" + job)
                + (replica == null ? "" : "/replica:" + replica)
                + (task == null ? "" : "/task:" + task)
                + (type == null ? "" : "/device:" + type + ":" + (index == null ? "*" : index));
    }
}
