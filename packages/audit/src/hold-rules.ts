// Halts and freezes, G-4: halted tokens and frozen accounts do not move but by an enacted claw-back, and what is refused as halted or frozen
// was. What is held follows from measures (G-3).
import type { Measure, RevertReason } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import type { WriteLog } from './credit-undo.ts'
import type { Tally } from './tally.ts'

export class HoldRules {
  readonly #tally: Tally
  readonly #log: WriteLog
  /** Tokens that are halted, and `token/account` where frozen. */
  readonly #held = new Set<string>()

  constructor(tally: Tally, log: WriteLog) {
    this.#tally = tally
    this.#log = log
  }

  /** A refusal needs something held, also that of one message of a batch; of a transfer it is known what. */
  refused(scope: Scope): void {
    const { reason, events } = scope.receipt
    for (const event of events)
      if (event.kind === 'message-skipped' && isHoldReason(event.reason)) {
        this.#tally.checked['G-4']++
        if (this.#held.size === 0)
          this.#breach(scope, `message ${event.digest} is skipped (${event.reason}), and nothing is held`)
      }
    if (!isHoldReason(reason)) return
    this.#tally.checked['G-4']++
    const { transaction, receipt } = scope
    const call = transaction?.call
    const isHeld =
      call?.kind !== 'transfer'
        ? this.#held.size > 0
        : receipt.reason === 'token-halted'
          ? this.#held.has(call.token)
          : [transaction!.from, call.to].some((account) => this.#held.has(`${call.token}/${account}`))
    if (!isHeld) this.#breach(scope, `a ${call?.kind} is refused (${receipt.reason}), and nothing is held`)
  }

  clawedBack(scope: Scope, { token, account, amount, to }: Extract<Measure, { kind: 'claw-back' }>): void {
    this.#tally.checked['G-4']++
    const legs = scope.receipt.entries
      .filter(({ cause }) => cause === 'claw-back')
      .flatMap((entry) => entry.legs)
    const [from, into] = [
      legs.find(({ amount: moved }) => moved < 0n),
      legs.find(({ amount: moved }) => moved > 0n),
    ]
    const isAsked =
      legs.length === 2 &&
      legs.every((leg) => leg.token === token) &&
      from?.owner === account &&
      into?.owner === to &&
      into.amount <= amount
    if (!isAsked) this.#breach(scope, `a claw-back from ${account} takes what was not decided`)
  }

  /** Nothing that is held has moved in a receipt. */
  still(scope: Scope): void {
    if (this.#held.size === 0) return
    this.#tally.checked['G-4']++
    for (const { cause, legs } of scope.receipt.entries) {
      if (cause === 'claw-back' || cause === 'gas') continue
      for (const { token, owner } of legs)
        if (this.#held.has(token) || (owner !== '' && this.#held.has(`${token}/${owner}`)))
          this.#breach(scope, `a ${cause} moves ${token} of ${owner}, which is held`)
    }
  }

  hold(scope: Scope, key: string, held: boolean): void {
    const before = this.#held.has(key)
    if (held) this.#held.add(key)
    else this.#held.delete(key)
    this.#log.note(scope.block.hash, () => {
      if (before) this.#held.add(key)
      else this.#held.delete(key)
    })
  }

  #breach({ atMs, chain, block }: Scope, detail: string): void {
    this.#tally.breach('G-4', atMs, chain.chainId, `block ${block.header.number}: ${detail}`)
  }
}

function isHoldReason(reason: RevertReason | null): boolean {
  return reason === 'account-frozen' || reason === 'token-halted'
}
