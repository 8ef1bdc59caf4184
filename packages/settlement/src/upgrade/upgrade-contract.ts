// Upgrades a contract: its admin replaces the code, for better or worse. A bridge is administered by its issuer on each
// chain by itself, a rollup's contract on its L1 by the rollup's first producer.
import type { Address } from '@solvent/primitives'
import { rollupContract, type UpgradeCall } from '@solvent/protocol'
import type { CallContext, CallResult } from '../execution/call-context.ts'
import { optimisticRollup } from '../rollup/posting.ts'
import { resetPending } from '../rollup/roots.ts'

export function upgradeContract(context: CallContext, call: UpgradeCall): CallResult {
  const { contract, flaw, change } = call
  const flaws = context.state.flaws.get(contract)
  if (flaws === undefined) return 'unknown-contract'
  if (context.sender !== adminOf(context, contract)) return 'not-authorised'
  flaws.change(flaw, change)
  context.events.push({ kind: 'contract-upgraded', contract, flaw, change })
  if (flaw === 'pending-roots-reset' && change === 'introduced') resetRoots(context, contract)
  return null
}

function resetRoots(context: CallContext, contract: Address): void {
  const chain = context.index.spec.chains.find((each) => rollupContract(each) === contract)
  const rollup = chain === undefined ? 'wrong-chain' : optimisticRollup(context, chain.chainId)
  if (typeof rollup !== 'string') resetPending(context, rollup)
}

function adminOf({ index }: CallContext, contract: Address): Address | undefined {
  const bridge = index.bridge(contract)
  if (bridge !== undefined) return bridge.issuer.address
  return index.spec.chains.find((chain) => rollupContract(chain) === contract)?.producers[0]?.address
}
