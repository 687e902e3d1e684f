package io.retrograd;

import io.retrograd.error.StopCheck;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The embedder's input as a script reads it. A read that may block is done by another thread, so that a script that waits for input can
 * be interrupted; what arrives later is for the next read. Nothing is read ahead.
 */
final class EmbedderInput extends InputStream {
    private static final int WAIT_MS = 20;
    private static final int IDLE_SECONDS = 2;

    private final InputStream from;
    private final ThreadPoolExecutor reader;
    private byte[] buffer = {};
    private int at;
    private int end;
    private Future<Integer> pending;

    EmbedderInput(InputStream from) {
        this.from = from;
        reader = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), body -> {
            Thread made = new Thread(body, "retrograd input");
            made.setDaemon(true);
            return made;
        });
        reader.allowCoreThreadTimeOut(true);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        StopCheck.ask();
        if (at == end && pending == null && (length == 0 || from.available() > 0)) {
            return from.read(bytes, offset, length);
        }
        if (at == end) {
            at = 0;
            end = awaited(length);
            if (end < 0) {
                end = 0;
                return -1;
            }
        }
        int n = Math.min(length, end - at);
        System.arraycopy(buffer, at, bytes, offset, n);
        at += n;
        return n;
    }

    /** How many bytes came into the buffer; -1 at the end. */
    private int awaited(int most) throws IOException {
        if (pending == null) {
            byte[] room = new byte[most];
            buffer = room;
            pending = reader.submit(() -> from.read(room, 0, room.length));
        }
        while (true) {
            try {
                int n = pending.get(WAIT_MS, TimeUnit.MILLISECONDS);
                pending = null;
                return n;
            } catch (TimeoutException | InterruptedException notYet) {
                StopCheck.ask();
            } catch (ExecutionException failed) {
                pending = null;
                if (failed.getCause() instanceof Error fault) {
                    throw fault;
                }
                throw failed.getCause() instanceof IOException e ? e : new IOException(failed.getCause());
            }
        }
    }
}
