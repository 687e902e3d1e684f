/** Runs graphs: sessions, plans, and the state of variables and random operations between runs. */
package io.retrograd.session;
