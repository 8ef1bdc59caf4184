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
