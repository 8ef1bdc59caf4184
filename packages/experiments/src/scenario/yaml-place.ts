// Places in a YAML document: from a path of the tree to line and column.
import { isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml'

/** Where a path of the tree stands in the text. */
export type Locate = (path: readonly (string | number)[]) => {
  readonly line: number
  readonly column: number
}

/** `a.b[2].c` */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )
}

/** The place of the longest prefix of the path that exists; a map's entry is placed at its key. */
export function locateIn(
  root: Node,
  path: readonly (string | number)[],
  lines: LineCounter,
): { line: number; column: number } {
  let node: Node | null = root
  let offset = root.range?.[0] ?? 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step)
      if (pair === undefined) break
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value as Node | null
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step] as Node | undefined
      if (item === undefined) break
      offset = item.range?.[0] ?? offset
      node = item
    } else break
  }
  const at = lines.linePos(offset)
  return { line: at.line, column: at.col }
}

/** The path of the innermost entry in whose text an offset lies; empty when it lies in none. */
export function pathAt(root: Node | null, offset: number): (string | number)[] {
  const path: (string | number)[] = []
  let node: Node | null = root
  while (isMap(node) || isSeq(node)) {
    const entries: readonly Entry[] = isMap(node)
      ? node.items.map(({ key, value }) => ({
          step: isScalar(key) && typeof key.value === 'string' ? key.value : null,
          from: (key as Node | null)?.range?.[0],
          value: value as Node | null,
        }))
      : node.items.map((item, index) => ({
          step: index,
          from: (item as Node).range?.[0],
          value: item as Node,
        }))
    const entry = entries.findLast(({ from }) => from !== undefined && from <= offset)
    if (entry === undefined || entry.step === null) break
    path.push(entry.step)
    node = entry.value
  }
  return path
}

interface Entry {
  readonly step: string | number | null
  /** Offset at which the entry begins; it ends where the next one begins. */
  readonly from: number | undefined
  readonly value: Node | null
}
