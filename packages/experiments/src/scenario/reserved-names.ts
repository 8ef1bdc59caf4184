// Names of accounts that every run has beside its nodes: a node of the same name would have the same key, and be that account.
import type { Scenario } from './scenario-schema.ts'

/** What forged messages and stolen escrows are paid to; of a kind of its own in the ledger. */
export const ATTACKER = 'attacker'
/** Who holds what nobody in the file does. */
export const HOLDERS = 'holders'

/** The treasury of a lending pool. */
export function treasuryName(pool: string): string {
  return `${pool}-treasury`
}

/** Who posts validity proofs of a rollup on its L1. */
export function proverName(chain: string): string {
  return `prover-${chain}`
}

/** Names that no node may have, each with whose account it is. */
export function reservedNames({ lending = {}, isolatedMarkets = {}, chains }: Scenario): Map<string, string> {
  return new Map([
    [ATTACKER, 'the account that forged messages pay, which sends nothing'],
    [HOLDERS, 'the account of all holders who take no part'],
    ...Object.keys(lending).map((pool): [string, string] => [
      treasuryName(pool),
      `the treasury of lending pool ${pool}`,
    ]),
    ...Object.keys(isolatedMarkets).map((market): [string, string] => [
      treasuryName(market),
      `who gets the fees of isolated market ${market}`,
    ]),
    ...Object.entries(chains).flatMap(([chain, { kind }]): [string, string][] =>
      kind === 'zk' ? [[proverName(chain), `the prover of ${chain}`]] : [],
    ),
  ])
}
