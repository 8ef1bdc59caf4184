// Points against peers (classes after Lodestar's peer score): who is disconnected, who is banned, and for how
// long. It stands beside the gossip score, which alone never disconnects anyone. Times are Unix ms of the wall.
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** fatal −100 (conflicting commitments), low tolerance −10 (bad signature, malformed), mid −5 (expired), high −1 (rate). */
export type Severity = 'fatal' | 'low' | 'mid' | 'high'

export type PenaltyAction = 'none' | 'disconnect' | 'ban'

export interface Penalty {
  readonly peerId: string
  /** Taken off now, negative. */
  readonly points: number
  /** The balance after it, 0 … −100. */
  readonly balance: number
  readonly reason: string
  readonly action: PenaltyAction
}

const POINTS: Readonly<Record<Severity, number>> = { fatal: -100, low: -10, mid: -5, high: -1 }
const FLOOR = -100
const DISCONNECT_AT = -20
const BAN_AT = -50
const HALF_LIFE_MS = 10 * 60_000
const BAN_MS = 30 * 60_000
const CAPACITY = 1_000

interface Account {
  balance: number
  atMs: number
  bannedUntilMs: number
}

/** The ledger of one node; `load` and `save` let a ban survive a restart. */
export class PenaltyLedger {
  readonly #accounts = new Map<string, Account>()
  readonly #nowMs: () => number

  constructor(nowMs: () => number = Date.now) {
    this.#nowMs = nowMs
  }

  /** Blames a peer. `ban` is answered once per ban; a peer at or below −20 is to be disconnected every time. */
  blame(peerId: string, severity: Severity, reason: string): Penalty {
    const nowMs = this.#nowMs()
    const account = this.#accounts.get(peerId) ?? this.#open(peerId, nowMs)
    const points = POINTS[severity]
    account.balance = Math.max(FLOOR, decayed(account, nowMs) + points)
    account.atMs = nowMs
    let action: PenaltyAction = 'none'
    // Whole points: a few seconds of decay do not spare the second offence.
    const standing = Math.round(account.balance)
    if (standing <= BAN_AT && account.bannedUntilMs <= nowMs) {
      account.bannedUntilMs = nowMs + BAN_MS
      action = 'ban'
    } else if (standing <= DISCONNECT_AT) {
      action = 'disconnect'
    }
    return { peerId, points, balance: account.balance, reason, action }
  }

  /** The decayed balance, 0 … −100. */
  balance(peerId: string): number {
    const account = this.#accounts.get(peerId)
    return account === undefined ? 0 : decayed(account, this.#nowMs())
  }

  banned(peerId: string): boolean {
    return (this.#accounts.get(peerId)?.bannedUntilMs ?? 0) > this.#nowMs()
  }

  /** Writes the ledger to a file of mode 0600, atomically. */
  save(file: string): void {
    const temporary = `${file}.new`
    writeFileSync(temporary, `${JSON.stringify([...this.#accounts])}\n`, { mode: 0o600 })
    renameSync(temporary, file)
  }

  /** Reads what `save` wrote; a file that is missing or unreadable leaves the ledger empty. */
  load(file: string): void {
    if (!existsSync(file)) return
    chmodSync(file, 0o600)
    for (const [peerId, account] of parseAccounts(readFileSync(file, 'utf8')))
      this.#accounts.set(peerId, account)
  }

  #open(peerId: string, nowMs: number): Account {
    if (this.#accounts.size >= CAPACITY) this.#forgetLeastBlamed(nowMs)
    const account: Account = { balance: 0, atMs: nowMs, bannedUntilMs: 0 }
    this.#accounts.set(peerId, account)
    return account
  }

  #forgetLeastBlamed(nowMs: number): void {
    let least: string | null = null
    let most = Number.NEGATIVE_INFINITY
    for (const [peerId, account] of this.#accounts) {
      const standing = account.bannedUntilMs > nowMs ? FLOOR : decayed(account, nowMs)
      if (standing > most) {
        most = standing
        least = peerId
      }
    }
    if (least !== null) this.#accounts.delete(least)
  }
}

function decayed(account: Account, nowMs: number): number {
  const elapsedMs = Math.max(0, nowMs - account.atMs)
  const balance = account.balance * 2 ** (-elapsedMs / HALF_LIFE_MS)
  return balance > -0.01 ? 0 : balance
}

function parseAccounts(text: string): [string, Account][] {
  try {
    const rows: unknown = JSON.parse(text)
    return Array.isArray(rows) ? rows.filter(isRow).slice(0, CAPACITY) : []
  } catch {
    return []
  }
}

function isRow(row: unknown): row is [string, Account] {
  if (!Array.isArray(row) || typeof row[0] !== 'string' || typeof row[1] !== 'object' || row[1] === null)
    return false
  const account = row[1] as Partial<Account>
  return [account.balance, account.atMs, account.bannedUntilMs].every((n) => Number.isFinite(n))
}
