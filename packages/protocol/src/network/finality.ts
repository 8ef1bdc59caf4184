// How firm a block of a chain is.

/** How firm a block is: announced, derivable from the L1, irreversible, past its challenge window or proof. */
export const finalityLevels = ['unsafe', 'safe', 'finalized', 'exitable'] as const
export type FinalityLevel = (typeof finalityLevels)[number]

/** What a party may wait for before it acts on a transaction: its producer's promise, before any block, or a level of its block. */
export const confirmations = ['preconfirmed', ...finalityLevels] as const
export type Confirmation = (typeof confirmations)[number]
