/** How long the lists of the most frequent values are. */

/** Values listed for each day. What is not listed is bounded by the last of them, which of skewed data is little. */
export const LISTED_VALUES = 1_000;

/** Longest list that may be asked for. */
export const MAX_LISTED_VALUES = 100_000;
