// The most base units of a token that may exist on a chain: what a journal leg can carry.

/** 2^255 − 1. */
export const MAX_SUPPLY = (1n << 255n) - 1n
