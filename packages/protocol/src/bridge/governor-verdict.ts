// What a verifier's governor says of a transfer that it could sign.

export type GovernorVerdict =
  /** It fits its window, and counts. */
  | 'passed'
  /** It is too large or does not fit: it waits. */
  | 'held'
  /** It has waited its time out, and does not count. */
  | 'waited'
  /** The verifier's operator lets it go, uncounted, or will never have it signed. */
  | 'voted'
  | 'dropped'
