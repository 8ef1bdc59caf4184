// Who must act for claims to be paid: chains under the contracts, producers under chains (a shared sequencer under
// several), verifiers under the escrows that wait for their proofs.
import { lendingPlaces, type NetworkSpec } from '@solvent/protocol'
import type { JudgedOrder } from '../solver-outcome.ts'
import { escrowNode, proverNode } from './escrow-exposures.ts'
import type { ExposureDraft } from './exposure-draft.ts'
import { bridgeNode, chainName, poolNode } from './issued-tokens.ts'
import { lendingNode } from './lending-exposures.ts'
import { marketNode } from './market-exposures.ts'

const CHAIN = 'chain'

export function operatorDependences(
  draft: ExposureDraft,
  { spec, orders }: { readonly spec: NetworkSpec; readonly orders: readonly JudgedOrder[] },
): void {
  const onChain = (node: string, chain: string) =>
    draft.depends({ node, on: `chain/${chain}`, layer: CHAIN }, CHAIN)
  for (const { name, producers } of spec.chains)
    for (const { node } of producers)
      draft.depends({ node: `chain/${name}`, on: `sequencer/${node}`, layer: 'sequencer' }, 'sequencer')
  for (const bridge of spec.bridges) {
    for (const { symbol, home, wrapped } of bridge.routes) {
      if (bridge.custody.kind !== 'pool') onChain(bridgeNode(bridge, symbol), chainName(spec, home.chainId))
      else
        for (const { chainId } of [home, ...wrapped])
          onChain(poolNode(spec, bridge, symbol, chainId), chainName(spec, chainId))
    }
  }
  for (const market of spec.markets) onChain(marketNode(draft, market), chainName(spec, market.chainId))
  for (const pool of lendingPlaces(spec)) onChain(lendingNode(draft, pool), chainName(spec, pool.chainId))
  for (const { facts, outcome } of orders) {
    if (outcome.receivable === 'stranded') draft.operator(proverNode(spec, facts.order), 'prover')
    const isOpen = outcome.opened && outcome.end === 'pending'
    if (!isOpen) continue
    const escrow = escrowNode(draft, spec, facts.order)
    draft.depends({ node: escrow, on: proverNode(spec, facts.order), layer: 'prover' }, 'prover')
    onChain(escrow, chainName(spec, facts.order.originChainId))
  }
}
