// From faults as a file has them to faults with nothing left to draw. Each draw has a random stream of its own, named by the
// fault's label, its turn and the field, so that another fault, or another field, shifts nothing (common random numbers).
import { createStreams, type RandomStreams } from '@solvent/kernel'
import type { RandomStream } from '@solvent/ports'
import { formatUnits, parseUnits } from '@solvent/primitives'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { drawableField, type FieldKind } from './drawable.ts'
import { faultFields, plainFaultSchema, type ScenarioFault, type WrittenFault } from './fault-schema.ts'

export interface DrawnFault {
  /** The fault's own label, or its kind and how many of the kind came before it in the file. */
  readonly label: string
  /** Its place in the file. */
  readonly index: number
  /** 0, and of a fault that is repeated 1, 2, … */
  readonly turn: number
  readonly fault: ScenarioFault
}

/** The faults that happen in a run, in the order of the file; what would come after its end is left out. */
export function drawFaults(
  { faults, swarm, durationSeconds }: Pick<Scenario, 'faults' | 'swarm' | 'durationSeconds'>,
  seed: string,
): DrawnFault[] {
  const streams = createStreams(seed)
  const labels = faultLabels(faults)
  return faults.flatMap((written, index) => {
    const label = labels[index]!
    const share = written.enable ?? swarm?.enable ?? 1
    if (share < 1 && !streams.stream(`fault/${label}/enable`).bernoulli(share)) return []
    return turnsOf(written, label, streams)
      .map((fault, turn) => ({ label, index, turn, fault }))
      .filter(({ fault, turn }) => turn === 0 || fault.atSeconds <= durationSeconds)
  })
}

/** `crash-1`, `crash-2`, … for those without a label. */
export function faultLabels(faults: readonly WrittenFault[]): string[] {
  const counts = new Map<string, number>()
  return faults.map(({ kind, label }) => {
    if (label !== undefined) return label
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return `${kind}-${count}`
  })
}

function turnsOf(written: WrittenFault, label: string, streams: RandomStreams): ScenarioFault[] {
  const { times = 1, everySeconds = 0 } = written.repeat ?? {}
  const turns: ScenarioFault[] = []
  for (let turn = 0, waitedSeconds = 0; turn < times; turn += 1) {
    if (turn > 0) {
      const stream = streams.stream(`fault/${label}/${turn}/every`)
      waitedSeconds += drawn(everySeconds, 'whole', stream) as number
    }
    const fault = plainFault(written, (field, value, kind) =>
      drawn(value, kind, streams.stream(`fault/${label}/${turn}/${field}`)),
    )
    // Turns count from the first.
    const first = turns[0] ?? fault
    turns.push({ ...fault, atSeconds: first.atSeconds + waitedSeconds })
  }
  return turns
}

/** A fault with every range and list replaced by what `choose` says. */
export function plainFault(
  written: WrittenFault,
  choose: (field: string, value: unknown, kind: FieldKind) => unknown,
): ScenarioFault {
  const fields = Object.entries(faultFields(written.kind)).map(([field, schema]) => {
    const value = written[field]
    const kind = isOpen(value) ? drawableField(schema)?.kind : undefined
    return [field, kind === undefined ? value : choose(field, value, kind)] as const
  })
  return plainFaultSchema.parse(Object.fromEntries(fields.filter(([, value]) => value !== undefined)))
}

interface Range {
  readonly from: number | string
  readonly to: number | string
}

interface Choice {
  readonly oneOf: readonly unknown[]
}

/** Whether a value is a range or a list, and not yet one. */
export function isOpen(value: unknown): value is Range | Choice {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isRange(value: unknown): value is Range {
  return isOpen(value) && 'from' in value
}

function drawn(value: unknown, kind: FieldKind, stream: RandomStream): unknown {
  if (!isOpen(value)) return value
  if ('oneOf' in value) return stream.pick(value.oneOf)
  const { from, to } = value
  if (typeof from === 'string' || typeof to === 'string')
    return drawnDecimal(String(from), String(to), stream)
  return kind === 'whole' ? from + stream.int(to - from + 1) : stream.range(from, to)
}

const DECIMALS = 18
const WORD_BITS = 32n

/** Uniform over the decimals that are written as finely as the finer end. */
function drawnDecimal(from: string, to: string, stream: RandomStream): string {
  const fraction = (text: string) => text.split('.')[1]?.length ?? 0
  const step = 10n ** BigInt(DECIMALS - Math.max(fraction(from), fraction(to)))
  const low = parseUnits(from, DECIMALS) / step
  const count = parseUnits(to, DECIMALS) / step - low + 1n
  // Four words, so that any amount of a scenario is reached.
  let word = 0n
  for (let index = 0; index < 4; index += 1) word = (word << WORD_BITS) | BigInt(stream.uint32())
  return formatUnits((low + ((count * word) >> (4n * WORD_BITS))) * step, DECIMALS)
}
