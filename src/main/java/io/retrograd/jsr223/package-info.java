/**
 * Retrograd as a script engine of the JDK (JSR-223): {@code new ScriptEngineManager().getEngineByName("nn")}. Nobody
 * needs to name these classes but for an engine with limits or files of its own:
 * {@link io.retrograd.jsr223.NnScriptEngineFactory#NnScriptEngineFactory(java.util.function.Supplier)}.
 */
package io.retrograd.jsr223;
