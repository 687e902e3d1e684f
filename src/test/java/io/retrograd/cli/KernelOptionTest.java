package io.retrograd.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.retrograd.kernel.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --kernels} and {@code --threads} before a script. */
final class KernelOptionTest {
    @ParameterizedTest
    @CsvSource({
        "--kernels plain x.nn, PLAIN, 0",
        "--kernels=ejml x.nn, EJML, 0",
        "--threads 2 --kernels openblas x.nn, OPENBLAS, 2",
        "--kernels tensorflow x.nn, TENSORFLOW, 0",
        "--seed 1 x.nn, TENSORFLOW, 0",
        "--seed 1 --kernels openblas x.nn, OPENBLAS, 0",
        "x.nn --kernels plain, BY_SIZE, 0"
    })
    void namesAPath(String words, Kernels.Path path, int threads) {
        Options o = Options.parse(words.split(" "));
        assertEquals(path, o.kernels());
        assertEquals(threads, o.threads);
    }

    @Test
    void saysWhichThereAre() {
        Options.UsageError error =
                assertThrows(Options.UsageError.class, () -> Options.parse(new String[] {"--kernels", "cuda", "x.nn"}));
        assertEquals("--kernels takes tensorflow, plain, ejml or openblas, not 'cuda'", error.getMessage());
    }
}
