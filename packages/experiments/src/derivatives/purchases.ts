// Orders of a scenario that buy derivatives: the contracts that they are delivered to, each once, and what is wrong with one.
import { type Address, BPS_NUMBER } from '@solvent/primitives'
import { derivativeAddress, type Purchase, type PurchaseSpec, purchaseAddress } from '@solvent/protocol'
import { tokenAddress } from '../assembly/addresses.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Findings } from '../scenario/findings.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { ScenarioPurchase } from './purchase-schema.ts'

type Pair = Scenario['users'][string]['pairs'][number]

/** All purchases that pairs of users name; undefined where there are none. */
export function purchaseSpecs(scenario: Scenario): readonly PurchaseSpec[] | undefined {
  const specs = new Map<Address, PurchaseSpec>()
  for (const { pairs } of Object.values(scenario.users))
    for (const { to, buys } of pairs) {
      if (buys === undefined) continue
      const address = purchaseAddress(nameOf(buys))
      const [chainId, token] = [chainIdOf(scenario, to.chain), tokenAddress(scenario, to.chain, to.asset)]
      specs.set(address, { address, chainId, token, buys: boughtOf(buys) })
    }
  return specs.size === 0 ? undefined : [...specs.values()]
}

/** Whom an order of this pair delivers to, where it buys something. */
export function recipientOf({ buys }: Pick<Pair, 'buys'>): { readonly recipient?: Address } {
  return buys === undefined ? {} : { recipient: purchaseAddress(nameOf(buys)) }
}

export function checkPurchase(
  scenario: Scenario,
  { to, buys }: Pair,
  path: readonly (string | number)[],
  findings: Findings,
): void {
  if (buys === undefined) return
  const at = [...path, 'buys']
  const contract = contractOf(scenario, buys, at, findings)
  if (contract === null) return
  if (contract.chain !== to.chain || contract.asset !== to.asset)
    findings.add('E_VALUE', at, 'what it buys is paid for in another coin, or on another chain', {
      got: `${to.asset} on ${to.chain}`,
      allowed: `${contract.asset} on ${contract.chain}, as the pair's \`to\``,
    })
}

/** Where it is bought and in which coin; null where it does not exist or cannot be bought so. */
function contractOf(
  { covers = {}, optionDesks = {}, perpetuals = {} }: Scenario,
  buys: ScenarioPurchase,
  at: readonly (string | number)[],
  findings: Findings,
): { readonly chain: string; readonly asset: string } | null {
  switch (buys.kind) {
    case 'cover': {
      if (!findings.reference([...at, 'cover'], 'cover', buys.cover, Object.keys(covers))) return null
      const cover = covers[buys.cover]!
      if (cover.premiumBps > 0) return cover
      findings.add(
        'E_VALUE',
        [...at, 'cover'],
        'its cover is free, so that no amount says how much of it is bought',
        {
          got: 'premiumBps 0',
          allowed: 'a cover fund with a premium',
        },
      )
      return null
    }
    case 'option': {
      if (!findings.reference([...at, 'desk'], 'option desk', buys.desk, Object.keys(optionDesks)))
        return null
      const desk = optionDesks[buys.desk]!
      return findings.reference([...at, 'series'], 'series', buys.series, Object.keys(desk.series))
        ? desk
        : null
    }
    case 'perpetual': {
      if (!findings.reference([...at, 'house'], 'clearing house', buys.house, Object.keys(perpetuals)))
        return null
      const house = perpetuals[buys.house]!
      if (!findings.reference([...at, 'market'], 'market', buys.market, Object.keys(house.markets)))
        return null
      const market = house.markets[buys.market]!
      const most = Math.floor((BPS_NUMBER * BPS_NUMBER) / market.initialMarginBps)
      if (buys.leverageBps > most)
        findings.add('E_RANGE', [...at, 'leverageBps'], 'what is delivered would not be enough margin', {
          got: String(buys.leverageBps),
          allowed: `at most ${most} with an initial margin of ${market.initialMarginBps} bps, less what fees take`,
        })
      if (market.venue === 'virtual-amm') return house
      findings.add(
        'E_VALUE',
        [...at, 'market'],
        'an order book may have nobody to trade with in that block',
        {
          got: 'venue order-book',
          allowed: 'a market with venue virtual-amm',
        },
      )
      return null
    }
  }
}

function nameOf(buys: ScenarioPurchase): string {
  switch (buys.kind) {
    case 'cover':
      return `cover/${buys.cover}`
    case 'option':
      return `option/${buys.desk}/${buys.series}`
    case 'perpetual':
      return `perpetual/${buys.house}/${buys.market}/${buys.side}/${buys.leverageBps}`
  }
}

function boughtOf(buys: ScenarioPurchase): Purchase {
  switch (buys.kind) {
    case 'cover':
      return { kind: 'cover', cover: derivativeAddress('cover', buys.cover) }
    case 'option':
      return { kind: 'option', desk: derivativeAddress('option-desk', buys.desk), series: buys.series }
    case 'perpetual':
      return {
        kind: 'perpetual',
        house: derivativeAddress('perpetual', buys.house),
        market: buys.market,
        side: buys.side,
        leverageBps: BigInt(buys.leverageBps),
      }
  }
}
