// How sound a part of the network is, as a reporter has it from blocks: shares from 0 to 1, times 10^8 and rounded down, one while nothing is
// wrong. They are written so that stress is a fall, as of a price: a contract that pays below a level pays on systemic stress. What is seen is what
// chains say: a loss that no contract has booked is in none of them.
import { type Address, BPS, type ChainId, maxBig, wholeUnit } from '@solvent/primitives'
import type { Block, Genesis, NetworkSpec, SoundnessMeasure } from '@solvent/protocol'
import { CreditView, reserveState } from '@solvent/settlement'
import { BackingMonitor } from '../solver/backing-monitor.ts'
import { createNetworkFacts } from '../solver/network-facts.ts'
import { BorrowerRoll } from './borrower-roll.ts'

const ONE_E8 = 10n ** 8n
/** An answer of zero is no answer to consumers: who has lost all stands at the least one above it. */
const LEAST_E8 = 1n

export interface SoundnessWatch {
  /** Whose blocks it has to be given. */
  readonly chains: readonly ChainId[]
  followed(block: Block): void
  orphaned(block: Block): void
  /** @param outside price of a symbol in the world outside, times 10^8 */
  shareE8(outside: (symbol: string) => bigint): bigint
}

export function createSoundnessWatch(
  measure: SoundnessMeasure,
  spec: NetworkSpec,
  genesis: readonly Genesis[],
): SoundnessWatch {
  switch (measure.of) {
    case 'backing':
      return backing(measure.bridge, spec, genesis)
    case 'solvency':
      return solvency(measure.pools, spec, genesis)
    case 'standing':
      return standing(measure.pools, spec, genesis)
  }
}

function backing(bridge: Address, spec: NetworkSpec, genesis: readonly Genesis[]): SoundnessWatch {
  const monitor = new BackingMonitor(createNetworkFacts(spec, []))
  const { routes = [] } = spec.bridges.find(({ address }) => address === bridge) ?? {}
  const chains = [
    ...new Set(routes.flatMap(({ home, wrapped }) => [home, ...wrapped].map((end) => end.chainId))),
  ]
  for (const each of genesis) monitor.begin(each)
  const undone = ({ legs, ...entry }: Block['receipts'][number]['entries'][number]) => ({
    ...entry,
    legs: legs.map((leg) => ({ ...leg, amount: -leg.amount })),
  })
  return {
    chains,
    followed({ header: { chainId }, receipts }) {
      for (const { entries } of receipts) monitor.onEntries(chainId, entries)
    },
    orphaned({ header: { chainId }, receipts }) {
      for (const { entries } of receipts) monitor.onEntries(chainId, entries.map(undone))
    },
    shareE8: () => maxBig(LEAST_E8, (BigInt(monitor.coverBps(bridge)) * ONE_E8) / BPS),
  }
}

function solvency(pools: readonly Address[], spec: NetworkSpec, genesis: readonly Genesis[]): SoundnessWatch {
  const views = viewsOf(pools, spec, genesis)
  const seconds = new Map<ChainId, number>()
  const decimals = new Map(spec.tokens.map((token) => [`${token.chainId}/${token.address}`, token.decimals]))
  return {
    chains: [...views.keys()],
    followed(block) {
      views.get(block.header.chainId)?.followed(block)
      seconds.set(block.header.chainId, block.header.timestamp)
    },
    orphaned: (block) => views.get(block.header.chainId)?.orphaned(block),
    shareE8(outside) {
      let [claims, lost] = [0n, 0n]
      for (const { address, chainId, reserves } of poolsOf(pools, spec)) {
        const pool = views.get(chainId)?.poolOf(address)
        for (const { token, symbol } of pool === undefined ? [] : reserves) {
          const state = reserveState(pool!, token, seconds.get(chainId) ?? 0)
          if (state === null) continue
          const one = wholeUnit(decimals.get(`${chainId}/${token}`) ?? 0)
          const price = outside(symbol)
          claims += ((state.supplied + state.forTreasury) * price) / one
          lost += (state.deficit * price) / one
        }
      }
      return claims <= 0n ? ONE_E8 : maxBig(LEAST_E8, ((claims - lost) * ONE_E8) / claims)
    },
  }
}

function standing(pools: readonly Address[], spec: NetworkSpec, genesis: readonly Genesis[]): SoundnessWatch {
  const roll = new BorrowerRoll()
  const views = viewsOf(pools, spec, genesis)
  for (const { address, chainId } of poolsOf(pools, spec))
    for (const [owner, { positions }] of views.get(chainId)?.accountsOf(address) ?? [])
      if (positions.some(({ scaledDebt }) => scaledDebt > 0n)) roll.begin(address, owner)
  return {
    chains: [...views.keys()],
    followed: (block) => roll.followed(block, pools),
    orphaned: (block) => roll.orphaned(block),
    shareE8: () =>
      roll.borrowers === 0
        ? ONE_E8
        : maxBig(LEAST_E8, (BigInt(roll.borrowers - roll.defaulted) * ONE_E8) / BigInt(roll.borrowers)),
  }
}

const poolsOf = (pools: readonly Address[], spec: NetworkSpec) =>
  spec.lendingPools.filter(({ address }) => pools.includes(address))

function viewsOf(
  pools: readonly Address[],
  spec: NetworkSpec,
  genesis: readonly Genesis[],
): Map<ChainId, CreditView> {
  const views = new Map<ChainId, CreditView>()
  for (const { chainId } of poolsOf(pools, spec)) {
    const own = genesis.find((each) => each.chainId === chainId)
    if (own !== undefined && !views.has(chainId)) views.set(chainId, new CreditView(spec, chainId, own))
  }
  return views
}
