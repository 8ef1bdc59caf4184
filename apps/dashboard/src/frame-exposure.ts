// Who owes whom at a moment, as the page draws it.
import type { FrameExposure } from './run-frame.ts'

/** The parts of an exposure network that are drawn. */
export interface SavedExposure {
  readonly atMs?: number | undefined
  readonly nodes: readonly {
    readonly id: string
    readonly kind?: string | undefined
    readonly externalAssets?: number | undefined
  }[]
  readonly claims: readonly {
    readonly debtor: string
    readonly creditor: string
    readonly amount: number
    readonly layer?: string | undefined
  }[]
}

export function frameExposure({ atMs = 0, nodes, claims }: SavedExposure): FrameExposure {
  return {
    atMs,
    nodes: nodes.map(({ id, kind = 'other', externalAssets = 0 }) => ({ id, kind, assets: externalAssets })),
    claims: claims.map(({ debtor, creditor, amount, layer = '' }) => ({ debtor, creditor, amount, layer })),
  }
}
