/** Figures and how they are drawn: axes, artists, scales, legends; as SVG, PNG and animations. */
package io.retrograd.plot;
