package io.retrograd.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One run of a sweep.
 *
 * @param number from 1
 * @param settings the constants' values, in the order in which they were given
 */
public record Case(int number, Map<String, String> settings, OptionalLong seed) {
    /** More runs than this are a slip of the keyboard. */
    private static final long MOST = 1_000_000;

    /** All combinations: the last setting changes fastest, but for the seed, which changes faster still. */
    public static List<Case> all(List<Setting> settings, List<Long> seeds) {
        long count = Math.max(1, seeds.size());
        for (Setting s : settings) {
            count *= s.values().size();
            if (count > MOST) {
                throw new SweepProblem("more than " + MOST + " combinations");
            }
        }
        List<Case> cases = new ArrayList<>();
        add(settings, seeds, new LinkedHashMap<>(), cases);
        return cases;
    }

    private static void add(List<Setting> settings, List<Long> seeds, Map<String, String> chosen, List<Case> cases) {
        if (chosen.size() == settings.size()) {
            Map<String, String> copy = new LinkedHashMap<>(chosen);
            if (seeds.isEmpty()) {
                cases.add(new Case(cases.size() + 1, copy, OptionalLong.empty()));
            }
            for (long seed : seeds) {
                cases.add(new Case(cases.size() + 1, copy, OptionalLong.of(seed)));
            }
            return;
        }
        Setting next = settings.get(chosen.size());
        for (String value : next.values()) {
            chosen.put(next.name(), value);
            add(settings, seeds, chosen, cases);
            chosen.remove(next.name());
        }
    }

    /** {@code LR=0.1 HIDDEN=3 seed=1}. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        settings.forEach((name, value) -> words.add(name + "=" + value));
        seed.ifPresent(s -> words.add("seed=" + s));
        return String.join(" ", words);
    }
}
