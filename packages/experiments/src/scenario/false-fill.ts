// A false claim of a fill in a scenario: which order it can be told of, and what a node is told to say.
import type { FalseFill, OrderChoice } from '@solvent/protocol'
import { participantNames } from '../actors/participants.ts'
import { accountOf, bridgeAddress, settlerAddress } from '../assembly/addresses.ts'
import { chainIdOf } from './chain-id.ts'
import type { Findings, Path } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'

export interface FalseFillPlan {
  readonly bridge: string
  /** The chain of the fill, and that of the escrow. */
  readonly from: string
  readonly to: string
  readonly order?: string | undefined
  readonly payee?: string | undefined
  readonly sequence: number
  readonly atSeconds: number
}

/** The bridge is one that proves fills between the two chains, and the order is one of a user's. */
export function checkFalseFill(
  { bridge, from, to, order, payee }: FalseFillPlan,
  { scenario, path, findings }: { scenario: Scenario; path: Path; findings: Findings },
): void {
  const pairs = Object.values(scenario.users).flatMap((user) => user.pairs)
  const proven = pairs.filter(({ prover }) => prover === bridge)
  const provers = [...new Set(pairs.map(({ prover }) => prover))]
  if (!findings.reference([...path, 'bridge'], 'bridge that proves fills', bridge, provers)) return
  const origins = [...new Set(proven.map((pair) => pair.from.chain))]
  if (findings.reference([...path, 'to'], 'chain of escrows that the bridge proves fills of', to, origins)) {
    const ends = proven.filter((pair) => pair.from.chain === to).map((pair) => pair.to.chain)
    findings.reference([...path, 'from'], `chain that orders of ${to} are filled on`, from, [
      ...new Set(ends),
    ])
  }
  if (order !== undefined) {
    const [user, nonce] = order.split('/') as [string, string]
    if (findings.reference([...path, 'order'], 'user', user, Object.keys(scenario.users))) {
      const { orders } = scenario.users[user]!
      if (Number(nonce) >= orders)
        findings.add('E_RANGE', [...path, 'order'], 'the user signs no such order', {
          got: order,
          allowed: orders === 0 ? 'none' : `${user}/0 to ${user}/${orders - 1}`,
        })
    }
  }
  if (payee !== undefined)
    findings.reference([...path, 'payee'], 'participant', payee, participantNames(scenario))
}

export function falseFillOf(
  { bridge, from, to, order, sequence, atSeconds }: FalseFillPlan,
  told: { readonly scenario: Scenario; readonly seed: string; readonly payee: string },
): FalseFill {
  const { scenario, seed, payee } = told
  return {
    bridge: bridgeAddress(bridge),
    srcChainId: chainIdOf(scenario, from),
    settler: settlerAddress(from),
    sequence,
    dstChainId: chainIdOf(scenario, to),
    order: choiceOf(order, seed, Math.floor(Date.parse(scenario.start) / 1_000 + atSeconds)),
    payee: accountOf(seed, payee),
  }
}

function choiceOf(order: string | undefined, seed: string, openedFrom: number): OrderChoice {
  if (order === undefined) return { by: 'time', openedFrom }
  const [user, nonce] = order.split('/') as [string, string]
  return { by: 'nonce', user: accountOf(seed, user), nonce: BigInt(nonce) }
}
