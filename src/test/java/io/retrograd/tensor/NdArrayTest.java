package io.retrograd.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import org.junit.jupiter.api.Test;

/** Views, copies and casts of arrays. */
class NdArrayTest {
    private static NdArray counted(int... shape) {
        int n = 1;
        for (int d : shape) {
            n *= d;
        }
        float[] data = new float[n];
        for (int i = 0; i < n; i++) {
            data[i] = i;
        }
        return NdArray.of(data, shape);
    }

    @Test
    void viewsShareStorage() {
        NdArray a = counted(3, 4);
        NdArray column = a.slice(1, 1, 1, 1);
        NdArray row = a.at(0, 1);
        row.fill(9);
        assertEquals(9, column.getFloat(1));
        assertArrayEquals(new float[] {0, 1, 2, 3, 9, 9, 9, 9, 8, 9, 10, 11}, a.floats());
    }

    @Test
    void rowsAreContiguousWithAnOffset() {
        NdArray rows = counted(4, 2).rows(1, 3);
        assertTrue(rows.isContiguous());
        assertEquals(2, rows.offset());
        assertSame(rows, rows.contiguous());
        assertArrayEquals(new float[] {2, 3, 4, 5}, rows.compact().floats());
    }

    @Test
    void transposesReshapeByCopyingWhereTheyMust() {
        NdArray t = counted(2, 3).transpose();
        assertFalse(t.isContiguous());
        assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, t.reshape(6).toFloats());
        NdArray same = counted(2, 3, 4).transpose(1, 0, 2).reshape(3, 2, 2, 2);
        assertSame(same.data(), same.at(0, 0).data());
        assertEquals(12, same.getFloat(4));
    }

    @Test
    void broadcastsWithoutCopying() {
        NdArray b = NdArray.of(new float[] {1, 2}, 2, 1).broadcastTo(3, 2, 2);
        assertEquals(0, b.stride(0));
        assertArrayEquals(new float[] {1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2}, b.toFloats());
        NnError e = assertThrows(NnError.class, () -> counted(3).broadcastTo(2));
        assertEquals("could not broadcast input array from shape (3,) into shape (2,)", e.getMessage());
    }

    @Test
    void assignsOverlappingParts() {
        NdArray a = counted(5);
        a.slice(0, 1, 4, 1).assign(a.slice(0, 0, 4, 1));
        assertArrayEquals(new float[] {0, 0, 1, 2, 3}, a.floats());
        NdArray b = counted(4);
        b.assign(b.slice(0, 3, 4, -1));
        assertArrayEquals(new float[] {3, 2, 1, 0}, b.floats());
    }

    @Test
    void castsAsC() {
        NdArray d = NdArray.of(new double[] {1.9, -1.9, 300, Double.NaN, 1e20});
        assertArrayEquals(new long[] {1, -1, 300, Long.MIN_VALUE, Long.MIN_VALUE}, d.toLongs());
        assertArrayEquals(new int[] {1, -1, 300, Integer.MIN_VALUE, Integer.MIN_VALUE}, d.toInts());
        assertEquals(44, d.astype(DType.UINT8).getLong(2));
        assertEquals(255, NdArray.of(new int[] {-1}).astype(DType.UINT8).getLong(0));
        assertEquals(4294967295.0, NdArray.of(new int[] {-1}).astype(DType.UINT32).getDouble(0));
        assertTrue(d.astype(DType.BOOL).getBoolean(3));
    }

    @Test
    void refusesWhatMemoryCannotHold() {
        NnError tf = assertThrows(NnError.class, () -> NdArray.zeros(DType.FLOAT32, 1000000, 1000000));
        assertEquals(ErrorKind.RESOURCE_EXHAUSTED_ERROR, tf.kind());
        assertTrue(tf.getMessage().startsWith("OOM when allocating tensor with shape[1000000,1000000] and type float"));
        NnError numpy = assertThrows(NnError.class, () -> NdArray.zeros(Allocation.NUMPY, DType.FLOAT64, 1000000, 1000000));
        assertEquals("Unable to allocate 7.28 TiB for an array with shape (1000000, 1000000) and data type float64", numpy.getMessage());
    }

    @Test
    void shapesPrintAsTensorFlow() {
        assertEquals("(?, 2)", Shape.of(-1, 2).toString());
        assertEquals("(2,)", Shape.of(2).toString());
        assertEquals("()", Shape.scalar().toString());
        assertEquals("<unknown>", Shape.unknown().toString());
        assertEquals("[?,3]", Shape.of(-1, 3).toBrackets());
        assertEquals("TensorShape([Dimension(None), Dimension(3)])", Shape.of(-1, 3).toRepr());
        assertEquals(Shape.of(4, 3), Shape.of(-1, 3).merge(Shape.of(4, -1)));
        assertEquals(Shape.of(5, 4, 3), Shape.of(4, 1).broadcast(Shape.of(5, 1, 3)).orElseThrow());
        assertTrue(Shape.of(2).broadcast(Shape.of(3)).isEmpty());
    }
}
