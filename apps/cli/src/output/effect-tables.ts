// What faults have done to a running network, beyond its chains, bridges and orders: a table for each thing of which there is something.
import type { Operator } from '@solvent/experiments/live'
import { formatUnits } from '@solvent/primitives'
import { table } from './table.ts'

type Report = Awaited<ReturnType<Operator['report']>>

export interface Effects extends Pick<Report, 'oracles' | 'bundles' | 'rotations' | 'evidence'> {
  readonly chains: readonly Pick<Report['chains'][number], 'name' | 'reverts'>[]
}

export interface TitledTable {
  readonly title: string
  readonly text: string
}

const E8_DECIMALS = 8

export function effectTables({ chains, oracles, bundles, rotations, evidence }: Effects): TitledTable[] {
  const reverts = chains.flatMap(({ name, reverts }) =>
    reverts.map(({ call, reason, count }) => [name, call, reason, String(count)]),
  )
  return [
    titled('Reverted', ['chain', 'call', 'reason', 'count'], reverts),
    titled(
      'Oracles',
      ['oracle', 'asset', 'price', 'answers', 'age'],
      oracles.map(({ id, asset, priceE8, updates, ageSeconds }) => [
        id,
        asset,
        priceE8 === null ? '-' : formatUnits(priceE8, E8_DECIMALS),
        String(updates),
        ageSeconds === null ? '-' : `${ageSeconds} s`,
      ]),
    ),
    titled(
      'Bundles',
      ['bridge', 'proposed', 'disputed', 'upheld', 'rejected', 'believed'],
      bundles.map(({ id, proposed, disputed, upheld, rejected, believed }) => [
        id,
        ...[proposed, disputed, upheld, rejected, believed].map(String),
      ]),
    ),
    titled(
      'Sets of verifiers',
      ['bridge', 'rotated', 'refused', 'believed in grace'],
      rotations.map(({ id, rotated, refused, inGrace }) => [id, ...[rotated, refused, inGrace].map(String)]),
    ),
    titled(
      'Evidence',
      ['of', 'count'],
      Object.entries(evidence)
        .filter(([, count]) => count > 0)
        .map(([of, count]) => [of, String(count)]),
    ),
  ].flatMap((each) => each ?? [])
}

function titled(title: string, head: readonly string[], rows: readonly (readonly string[])[]) {
  return rows.length === 0 ? null : { title, text: table(head, rows) }
}
