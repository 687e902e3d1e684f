package io.retrograd.lib.python.time;

import com.sun.management.OperatingSystemMXBean;
import io.retrograd.error.NnError;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Time in which processors worked, in nanoseconds. */
final class CpuTime {
    private CpuTime() {}

    /** What all threads of the process have taken, the compiler's too. */
    static long ofProcess() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system && system.getProcessCpuTime() >= 0) {
            return system.getProcessCpuTime();
        }
        throw NnError.runtime("the processor time used is not available or its value cannot be represented");
    }

    /** What the calling thread has taken. */
    static long ofThread() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        if (threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled()) {
            return threads.getCurrentThreadCpuTime();
        }
        throw NnError.runtime("the thread's processor time is not available on this system");
    }
}
