// What goes wrong when a node signs its own transactions: a nonce left out, a gas limit that is too low.
import { asNodeId } from '@solvent/primitives'
import type { SigningFault } from '@solvent/protocol'
import { gasSchedule } from '@solvent/settlement'
import { chainIdOf } from '../scenario/chain-id.ts'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import type { FaultCheck, FaultFamily, FaultOf, ResolvedFault } from './fault-context.ts'

export const signingFaults: FaultFamily<'nonce-gap' | 'out-of-gas'> = {
  'nonce-gap': {
    check: checkSender,
    resolve: ({ node, chain, nonces }, { scenario }) =>
      ordered(node, { kind: 'skip-nonces', chainId: chainIdOf(scenario, chain), count: nonces }),
  },
  'out-of-gas': {
    check(fault, check) {
      checkSender(fault, check)
      fault.calls.forEach((call, index) =>
        check.findings.reference([...check.path, 'calls', index], 'kind of call', call, CUTTABLE),
      )
    },
    resolve: ({ node, chain, calls, transactions, gasPercent }, { scenario }) =>
      ordered(node, {
        kind: 'cut-gas',
        chainId: chainIdOf(scenario, chain),
        calls,
        count: transactions,
        gasPercent,
      }),
  },
}

/** A transfer takes the least gas that a transaction may have. */
const CUTTABLE = Object.keys(gasSchedule).filter((call) => call !== 'transfer')

function checkSender(
  { node, chain }: FaultOf<'nonce-gap' | 'out-of-gas'>,
  { scenario, path, findings }: FaultCheck,
): void {
  const nodes = scenarioNodes(scenario)
  const silent = [...nodes.auctioneers, nodes.watcher]
  const senders = allNodeNames(nodes).filter((each) => !silent.includes(each))
  findings.reference([...path, 'node'], 'node that sends transactions', node, senders)
  findings.reference([...path, 'chain'], 'chain', chain, Object.keys(scenario.chains))
}

function ordered(node: string, fault: SigningFault): ResolvedFault {
  return [{ kind: 'control', to: asNodeId(node), message: { kind: 'sign-wrongly', fault } }]
}
