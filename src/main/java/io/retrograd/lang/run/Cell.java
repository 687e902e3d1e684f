package io.retrograd.lang.run;

/** A variable that functions share: one that an inner function uses. */
final class Cell {
    Object value;

    Cell(Object value) {
        this.value = value;
    }
}
