// Who bears a loss.

/** Who bears a bridge's deficit: every holder of the asset, or the holders of its wrapped form only. */
export const lossRules = ['all-holders', 'far-holders'] as const
export type LossRule = (typeof lossRules)[number]
