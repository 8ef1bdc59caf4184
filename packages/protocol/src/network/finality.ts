// How firm a block of a chain is.

/** How firm a block is: announced, derivable from the L1, irreversible, past its challenge window or proof. */
export const finalityLevels = ['unsafe', 'safe', 'finalized', 'exitable'] as const
export type FinalityLevel = (typeof finalityLevels)[number]
