// stdout is the result only, stderr is progress and logs; colour only on a terminal.
import pc from 'picocolors'

const colours = pc.createColors(pc.isColorSupported && process.stderr.isTTY === true)
const resultColours = pc.createColors(pc.isColorSupported && process.stdout.isTTY === true)

/** Colours for stderr. */
export const warn = colours.yellow

/** Colours for stdout. */
export const { bold, green, red, yellow } = resultColours

export function result(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function note(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** One JSON object, amounts already strings; stable key order is the order of construction. */
export function resultJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}
