// What accounts hold, marked to what is left of it: the price outside at the end, less the haircut that the loss rule puts on a bridged
// asset, and for a share of a pool its part of what the pool is owed by nobody who lied. Values are in the numeraire times 10^8.
import type { BridgeOutcome, RunReport } from '@solvent/nodes'
import { type Address, type ChainId, divFloor } from '@solvent/primitives'
import { poolShareToken, priceAt, valueE8 } from '@solvent/protocol'
import type { Trial } from './trial.ts'

interface Mark {
  readonly decimals: number
  readonly priceE8: bigint
  /** What is left of a unit. */
  readonly kept: bigint
  readonly of: bigint
}

export type Line = Pick<RunReport['balances'][number], 'chainId' | 'token' | 'amount'>

export interface Marks {
  /** At what is left of it. */
  readonly kept: (line: Line) => bigint
  /** At the price alone. */
  readonly face: (line: Line) => bigint
}

/** The value of balances; 0 for tokens that are neither coins nor shares of bridges' pools. */
export function createMarks({ plan, report }: Pick<Trial, 'plan' | 'report'>): Marks {
  const marks = new Map<string, Mark>()
  const { tokens } = plan.spec
  const priceE8Of = (symbol: string) => priceAt(pricesOf(plan), symbol, plan.durationMs)
  for (const token of tokens) {
    const { kept, of } = keptOf({ plan, report }, token.chainId, token.address)
    marks.set(`${token.chainId}/${token.address}`, {
      decimals: token.decimals,
      priceE8: priceE8Of(token.symbol),
      kept,
      of,
    })
  }
  for (const bridge of report.bridges)
    for (const pool of bridge.pools) {
      const token = tokens.find(({ chainId, symbol }) => chainId === pool.chainId && symbol === bridge.asset)
      if (token === undefined || pool.shares === 0n) continue
      const share = poolShareToken(bridge.address, pool.chainId, token.address)
      const worth = pool.value - pool.forged
      marks.set(`${pool.chainId}/${share}`, {
        decimals: token.decimals,
        priceE8: priceE8Of(token.symbol),
        kept: worth > 0n ? worth : 0n,
        of: pool.shares,
      })
    }
  const markOf = ({ chainId, token }: Line) => marks.get(`${chainId}/${token}`)
  return {
    kept(line) {
      const mark = markOf(line)
      if (mark === undefined) return 0n
      return valueE8(divFloor(line.amount * mark.kept, mark.of), mark.decimals, mark.priceE8)
    },
    face(line) {
      const mark = markOf(line)
      return mark === undefined ? 0n : valueE8(line.amount, mark.decimals, mark.priceE8)
    },
  }
}

/** The price book of a plan, which its watcher has. */
export function pricesOf({ nodes }: Trial['plan']) {
  const watcher = nodes.find((node) => node.role === 'watcher')
  return watcher?.role === 'watcher' ? watcher.init.prices : []
}

function keptOf({ plan, report }: Pick<Trial, 'plan' | 'report'>, chainId: ChainId, token: Address) {
  let [kept, of] = [1n, 1n]
  for (const bridge of plan.spec.bridges) {
    if (bridge.custody.kind === 'pool' || bridge.custody.kind === 'hash-lock') continue
    for (const route of bridge.routes) {
      const isHome = route.home.chainId === chainId && route.home.token === token
      const isFar = route.wrapped.some((end) => end.chainId === chainId && end.token === token)
      const outcome = report.bridges.find(
        ({ address, asset }) => address === bridge.address && asset === route.symbol,
      )
      if ((!isHome && !isFar) || outcome === undefined) continue
      const isIssued = bridge.custody.kind === 'burn-mint'
      if (isHome && !isIssued && report.lossRule === 'far-holders') continue
      const claims = claimsOn(outcome, isIssued || report.lossRule === 'far-holders')
      if (outcome.deficit <= 0n || claims <= 0n) continue
      kept *= outcome.deficit >= claims ? 0n : claims - outcome.deficit
      of *= claims
    }
  }
  return { kept, of }
}

function claimsOn({ minted, inTransit, circulatingHome }: BridgeOutcome, farOnly: boolean): bigint {
  return farOnly ? minted + inTransit : minted + inTransit + circulatingHome
}
