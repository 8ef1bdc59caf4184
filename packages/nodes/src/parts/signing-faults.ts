// What an operator has ordered to go wrong at the next transactions that a node signs (protocol: signing-fault.ts). Memory: a
// restarted node signs rightly again.
import type { Inbound, Ports } from '@solvent/ports'
import type { ChainId } from '@solvent/primitives'
import type { Call, NetworkSpec, SigningFault, SolventVocabulary } from '@solvent/protocol'
import { gasOfCall, MIN_GAS_LIMIT } from '@solvent/settlement'
import { controlRequest } from './node-status.ts'

type GasCut = Extract<SigningFault, { kind: 'cut-gas' }>

export interface WrongSignature {
  readonly skip: number
  readonly gasLimit?: number
}

export class SigningFaults {
  readonly #spec: NetworkSpec
  readonly #ports: Pick<Ports<SolventVocabulary>, 'transport' | 'log'>
  readonly #skips = new Map<ChainId, number>()
  readonly #cuts = new Map<ChainId, { readonly order: GasCut; left: number }>()

  constructor(spec: NetworkSpec, ports: Pick<Ports<SolventVocabulary>, 'transport' | 'log'>) {
    this.#spec = spec
    this.#ports = ports
  }

  /** Takes an operator's order to sign wrongly; false for all other requests. */
  onRequest(inbound: Extract<Inbound<SolventVocabulary>, { via: 'request' }>): boolean {
    const { message } = inbound
    if (message.type !== 'control' || message.body.kind !== 'sign-wrongly') return false
    const request = controlRequest(this.#spec, this.#ports, inbound)
    if (request === null || request === 'answered' || request.control.kind !== 'sign-wrongly') return true
    const { fault } = request.control
    const isKnown = this.#spec.chains.some(({ chainId }) => chainId === fault.chainId)
    if (isKnown) this.#order(fault)
    request.answer(isKnown ? { kind: 'done' } : { kind: 'refused', reason: 'unknown-chain' })
    return true
  }

  /** The last order of a kind for a chain counts. */
  #order(fault: SigningFault): void {
    if (fault.kind === 'skip-nonces') this.#skips.set(fault.chainId, fault.count)
    else this.#cuts.set(fault.chainId, { order: fault, left: fault.count })
  }

  /** What goes wrong with the transaction that is signed now: it happens once. */
  take(chainId: ChainId, call: Call): WrongSignature {
    const skip = this.#skips.get(chainId) ?? 0
    this.#skips.delete(chainId)
    const gasLimit = this.#takeCut(chainId, call)
    return gasLimit === undefined ? { skip } : { skip, gasLimit }
  }

  #takeCut(chainId: ChainId, call: Call): number | undefined {
    const cut = this.#cuts.get(chainId)
    if (cut === undefined || cut.left === 0) return undefined
    const { calls, gasPercent } = cut.order
    if (calls.length > 0 && !calls.includes(call.kind)) return undefined
    const needed = gasOfCall(call)
    const gasLimit = Math.max(MIN_GAS_LIMIT, Math.floor((needed * gasPercent) / 100))
    // A plain transfer takes the least that a transaction may have: it cannot run out.
    if (gasLimit >= needed) return undefined
    cut.left--
    return gasLimit
  }
}
