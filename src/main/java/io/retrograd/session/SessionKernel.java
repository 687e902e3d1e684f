package io.retrograd.session;

import io.retrograd.format.FileAccess;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.VariableState;
import io.retrograd.kernel.Kernels;

/** A kernel's context in a session, which answers what does not depend on the single run. */
interface SessionKernel extends KernelContext {
    SessionState session();

    @Override
    default VariableState ownVariable() {
        return session().variable(operation());
    }

    @Override
    default FileAccess files() {
        return session().options().files();
    }

    @Override
    default int threads() {
        return session().options().threads();
    }

    @Override
    default Kernels kernels() {
        return session().options().kernels();
    }

    @Override
    default void checkInterrupt() {
        session().options().interruptCheck().run();
    }

    @Override
    default void log(String line) {
        session().options().log().accept(line);
    }
}
