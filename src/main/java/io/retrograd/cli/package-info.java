/**
 * The command {@code nn}: {@link io.retrograd.cli.Main} runs a script at once or hands over to a class named after the
 * command.
 */
package io.retrograd.cli;
