/**
 * The values of the language: what Python's types are here, and {@link io.retrograd.lang.value.Semantics}, which applies
 * operators, attributes and calls to any of them. A class {@code XMethods} holds what scripts can ask an {@code XValue}.
 */
package io.retrograd.lang.value;
