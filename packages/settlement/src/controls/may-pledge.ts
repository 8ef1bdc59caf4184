import type { CollateralCheckSpec } from '@solvent/protocol'

/** Whether so much may stand behind one account's loans. */
export function mayPledge(pledged: bigint, { most }: Pick<CollateralCheckSpec, 'most'>): boolean {
  return pledged <= most
}
