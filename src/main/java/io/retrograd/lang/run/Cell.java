package io.retrograd.lang.run;

/** A variable that functions share: one that an inner function uses. */
final class Cell extends Growable {
    Cell(Object value) {
        this.value = value;
    }

    static Cell orNew(Cell cell) {
        return cell != null ? cell : new Cell(null);
    }
}
