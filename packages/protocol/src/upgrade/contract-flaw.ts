// Errors of contracts, as a closed vocabulary: each is a check that the contract leaves out. A contract has one from
// genesis, or from an upgrade on until an upgrade mends it. An error alone takes nothing: an exploit does.

export const contractFlaws = [
  /** What was never proven counts as proven: a message without any proof is accepted (Nomad, August 2022). */
  'zero-root-accepted',
  /** Signatures are listed and counted, and never verified (Wormhole, February 2022). */
  'signature-unchecked',
  /** The threshold is 0: an empty list of signatures is a quorum. */
  'threshold-zero',
  /** The threshold is read from an empty slot of the upgraded contract: one signature of anybody is a quorum (Ronin, August 2024). */
  'threshold-misread',
  /** What has been delivered is forgotten: a message counts as often as it is handed in. */
  'replay-unchecked',
  /** Inclusion and validity proofs are accepted unread. */
  'proof-unchecked',
  /** Whether a set of signers is, or still is, the bridge's own is not asked. */
  'set-check-skipped',
  /** A message may call the bridge's own admin: its sender names the verifiers (Poly Network, August 2021). */
  'admin-unprotected',
  /** A lock credits what was sent, not what arrived: a token with a fee on transfers leaves it short (Balancer and STA, June 2020). */
  'nominal-credited',
  /** A rollup's roots have no challenge window: each is final when it is posted, and no challenge is heard. */
  'challenge-window-zero',
  /** Whether a root or proof comes from one of the rollup's producers is not asked. */
  'proposer-unchecked',
  /** The upgrade forgets the roots whose window is running: exits that waited for one wait anew (canonical exits, settlement.md §3). */
  'pending-roots-reset',
] as const
export type ContractFlaw = (typeof contractFlaws)[number]

/** What an upgrade does to a flaw. */
export const flawChanges = ['introduced', 'fixed'] as const
export type FlawChange = (typeof flawChanges)[number]
