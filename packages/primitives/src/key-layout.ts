/**
 * The order in which an object's keys are written, and their bytes. Objects of one kind list their keys alike, so
 * layouts are remembered in a tree that is walked key by key.
 */
import { isForbiddenKey } from './canonical.ts'
import { SolventError } from './error.ts'

/** How the fields of an object are written: in bytewise order of their encoded keys. */
export interface KeyLayout {
  /** Of the fields that are defined. */
  readonly keys: readonly string[]
  /** Each key's bytes: its head and its text. */
  readonly heads: readonly Uint8Array[]
  /** Where each field stands among the object's defined fields in its own order. */
  readonly places: readonly number[]
  /** The keys as one text: two layouts have the same one exactly when they have the same keys. */
  readonly name: string
  /** Counts the names up from 0; -1 for all names that came after too many others. */
  readonly id: number
}

interface Branch {
  /** The key that came next when this was last walked, and where it leads: mostly it comes again. */
  lastKey: string | null
  lastNext: Branch | null
  readonly next: Map<string, Branch>
  /** Of an object whose keys end here; null until one was seen. */
  layout: KeyLayout | null
}

/** Branches beyond this come from objects that are tables (a record by name): they are not remembered. */
const MOST_BRANCHES = 4_096

/** CBOR's major type 3. */
const TEXT = 0x60

const encoder = new TextEncoder()
const root = newBranch()
let branches = 0
const idsOfNames = new Map<string, number>()

/**
 * The layout of a plain object. Its defined fields are put into `values` from `at` on, in the object's own order.
 *
 * @throws E_NON_CANONICAL for a key that would reach the prototype, or one with a lone surrogate
 * @example readFields({ bb: 1, a: 2 }, values, 0).keys // ['a', 'bb'], of values[1] and values[0]
 */
export function readFields(fields: Record<string, unknown>, values: unknown[], at: number): KeyLayout {
  let branch: Branch | null = root
  let end = at
  for (const key in fields) {
    const value = fields[key]
    if (value === undefined) continue
    values[end++] = value
    if (branch !== null) branch = branch.lastKey === key ? branch.lastNext : step(branch, key)
  }
  if (branch === null) return layOut(fields)
  branch.layout ??= layOut(fields)
  return branch.layout
}

function step(branch: Branch, key: string): Branch | null {
  const next = branch.next.get(key) ?? grow(branch, key)
  if (next === null) return null
  branch.lastKey = key
  branch.lastNext = next
  return next
}

function grow(branch: Branch, key: string): Branch | null {
  if (branches >= MOST_BRANCHES) return null
  branches++
  const next = newBranch()
  branch.next.set(key, next)
  return next
}

function newBranch(): Branch {
  return { lastKey: null, lastNext: null, next: new Map(), layout: null }
}

function layOut(fields: Record<string, unknown>): KeyLayout {
  const keys = Object.keys(fields).filter((key) => fields[key] !== undefined)
  const entries = keys.map((key, place) => ({ key, place, head: encodeKey(key) }))
  entries.sort((a, b) => compareBytes(a.head, b.head))
  const sorted = entries.map(({ key }) => key)
  const name = sorted.map((key) => `${key.length}:${key}`).join('')
  return {
    keys: sorted,
    heads: entries.map(({ head }) => head),
    places: entries.map(({ place }) => place),
    name,
    id: idOf(name),
  }
}

function idOf(name: string): number {
  const known = idsOfNames.get(name)
  if (known !== undefined) return known
  const id = idsOfNames.size
  if (id >= MOST_BRANCHES) return -1
  idsOfNames.set(name, id)
  return id
}

/** A text's head and its UTF-8 bytes. */
function encodeKey(key: string): Uint8Array {
  if (isForbiddenKey(key)) throw notCanonical(`the key ${key}`)
  if (!key.isWellFormed()) throw notCanonical('text with a lone surrogate')
  const text = encoder.encode(key)
  return Uint8Array.from([...headOf(text.length), ...text])
}

function headOf(length: number): number[] {
  if (length < 24) return [TEXT | length]
  if (length < 0x100) return [TEXT | 24, length]
  if (length < 0x10000) return [TEXT | 25, length >>> 8, length & 255]
  return [TEXT | 26, length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255]
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

function notCanonical(what: string): SolventError {
  return new SolventError({
    code: 'E_NON_CANONICAL',
    message: 'This value has no canonical bytes.',
    details: { got: what },
  })
}
