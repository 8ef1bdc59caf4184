// What an auctioneer knows of how its awards were kept: fills as blocks tell them, fades where none came in time, and the disciplines that
// go by both. The record is in the store: a restarted auctioneer judges again what it had judged, at the same moments. Unix seconds.
import type { Store } from '@solvent/ports'
import { type Address, decodeCanonical, encodeCanonical, type OrderId } from '@solvent/primitives'
import type { Award, Block, Order } from '@solvent/protocol'
import type { BrokenAward } from './bond-desk.ts'
import {
  type HouseDiscipline,
  JUDGING_SECONDS,
  type KeptDiscipline,
  keepDiscipline,
} from './house-disciplines.ts'

/** After the end of a window, before its award counts as faded: the fill may be in a block that is still under way. */
const GRACE_SECONDS = 30
const MILLION = 1_000_000
const AWARDS = 'conduct/award/'
const JUDGED = 'conduct/judged/'

/** An award that was won, until it is judged. */
interface OpenAward extends BrokenAward {
  readonly exclusiveUntil: number
}

interface Verdict {
  readonly orderId: OrderId
  readonly winner: Address
  readonly amount: bigint
  readonly dueSeconds: number
  readonly isFaded: boolean
  readonly judgedAt: number
}

export interface ConductBookInit {
  readonly disciplines: readonly HouseDiscipline[]
  readonly genesisSeconds: number
  readonly store: Store
  readonly onFade: (award: OpenAward) => void
  /** Every verdict, once. */
  readonly onKept?: (orderId: OrderId, isKept: boolean) => void
}

export class ConductBook {
  readonly #init: ConductBookInit
  readonly #disciplines: readonly KeptDiscipline[]
  readonly #open = new Map<OrderId, OpenAward>()
  /** When the winner's fill of an open award was included. */
  readonly #filledAt = new Map<OrderId, number>()
  #lastRun: number

  constructor(init: ConductBookInit) {
    this.#init = init
    this.#disciplines = init.disciplines.map(keepDiscipline)
    this.#lastRun = init.genesisSeconds
  }

  /** After a restart. */
  resume(): void {
    const { store } = this.#init
    const read = <T>(prefix: string): T[] =>
      store.keys(prefix).flatMap((key) => {
        const bytes = store.get(key)
        return bytes === undefined ? [] : [decodeCanonical(bytes) as unknown as T]
      })
    for (const award of read<OpenAward>(AWARDS)) this.#open.set(award.orderId, award)
    const verdicts = read<Verdict>(JUDGED).sort(
      (a, b) => a.judgedAt - b.judgedAt || (a.orderId < b.orderId ? -1 : 1),
    )
    for (const verdict of verdicts) {
      this.judge(verdict.judgedAt - 1)
      this.#record(verdict)
    }
  }

  admits(solver: Address, nowSeconds: number): boolean {
    return this.#disciplines.every((each) => each.admits(solver, nowSeconds))
  }

  /** What the worst record says of a solver, ppm; all where none is kept. */
  reliabilityPpm(solver: Address): number {
    return Math.min(MILLION, ...this.#disciplines.map((each) => each.reliabilityPpm?.(solver) ?? MILLION))
  }

  /** An award was made to somebody. */
  awarded({ orderId, winner, exclusiveUntil, outputAmount }: Award, { output, user }: Order): void {
    const { chainId, token } = output
    const award = { orderId, winner, user, chainId, token, exclusiveUntil, amount: outputAmount }
    this.#open.set(orderId, award)
    this.#init.store.put(AWARDS + orderId, encodeCanonical(award))
  }

  /** A commitment whose bid never came: it counts as a fade, though nothing was won by it. */
  unopened(orderId: OrderId, solver: Address, atSeconds: number): void {
    const verdict: Verdict = {
      ...{ orderId, winner: solver, amount: 0n, isFaded: true },
      ...{ dueSeconds: atSeconds, judgedAt: atSeconds },
    }
    this.judge(atSeconds - 1)
    this.#init.store.put(`${JUDGED}${orderId}/${solver}`, encodeCanonical(verdict))
    this.#record(verdict)
  }

  followed({ header, receipts }: Block): void {
    for (const { events } of receipts)
      for (const event of events)
        if (event.kind === 'order-filled' && this.#open.get(event.orderId)?.winner === event.solver)
          this.#filledAt.set(event.orderId, header.timestamp)
    for (const award of [...this.#open.values()])
      if (award.chainId === header.chainId && header.timestamp > award.exclusiveUntil + GRACE_SECONDS)
        this.#settle(award, header.timestamp)
  }

  /** A fill that was taken back counts when it is made again. */
  orphaned({ receipts }: Block): void {
    for (const { events } of receipts)
      for (const event of events) if (event.kind === 'order-filled') this.#filledAt.delete(event.orderId)
  }

  /** Lets the disciplines judge at every multiple of their interval that has passed. */
  judge(nowSeconds: number): void {
    while (this.#lastRun + JUDGING_SECONDS <= nowSeconds) {
      this.#lastRun += JUDGING_SECONDS
      for (const each of this.#disciplines) each.run?.(this.#lastRun)
    }
  }

  /** Judges up to now; when to come back: the next multiple of the interval. */
  judgeUpTo(nowSeconds: number): number {
    this.judge(nowSeconds)
    const { genesisSeconds } = this.#init
    const passed = Math.floor((nowSeconds - genesisSeconds) / JUDGING_SECONDS)
    return genesisSeconds + (passed + 1) * JUDGING_SECONDS
  }

  #settle(award: OpenAward, atSeconds: number): void {
    const { orderId, winner, amount, exclusiveUntil: dueSeconds } = award
    const filledAt = this.#filledAt.get(orderId)
    const isFaded = filledAt === undefined || filledAt > dueSeconds
    this.judge(atSeconds - 1)
    const verdict: Verdict = { orderId, winner, amount, dueSeconds, isFaded, judgedAt: atSeconds }
    this.#open.delete(orderId)
    this.#filledAt.delete(orderId)
    this.#init.store.delete(AWARDS + orderId)
    this.#init.store.put(JUDGED + orderId, encodeCanonical(verdict))
    this.#record(verdict)
    if (isFaded) this.#init.onFade(award)
    this.#init.onKept?.(orderId, !isFaded)
  }

  #record({ orderId, winner, amount, dueSeconds, isFaded }: Verdict): void {
    for (const each of this.#disciplines)
      each.record({ lot: orderId, bidder: winner, isFaded, amount, dueSeconds })
  }
}
