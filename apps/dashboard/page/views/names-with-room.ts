// Which names of a picture are written: those that no other is in the way of. The one that is pointed at comes first.

export interface PlacedName {
  readonly name: string
  /** Its middle. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly isPointed: boolean
}

const GAP = 4
const LINE = 13

export function namesWithRoom(names: readonly PlacedName[]): PlacedName[] {
  const written: PlacedName[] = []
  const first = names.toSorted((a, b) => Number(b.isPointed) - Number(a.isPointed))
  for (const name of first) if (!written.some((other) => overlaps(name, other))) written.push(name)
  return written
}

const overlaps = (a: PlacedName, b: PlacedName): boolean =>
  Math.abs(a.y - b.y) < LINE && Math.abs(a.x - b.x) < (a.width + b.width) / 2 + GAP
