// Where a text stops being JSON (RFC 8259). JSON.parse names the place of some faults only, and not as line and
// column; this walks the same grammar without recursion, so that nesting costs no stack.

/** 1-based. */
export interface TextPlace {
  readonly line: number
  readonly column: number
}

/** What may come next. */
type Expecting = 'value' | 'first value' | 'first key' | 'key' | 'colon' | 'more' | 'end'

const SPACE = /[ \t\n\r]*/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in text
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/y
const PLAIN = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y

/**
 * The place of the first token that does not belong, or null when the text is JSON.
 *
 * @example jsonFault('{\n  "a": 1,\n}') // { line: 3, column: 1 }
 */
export function jsonFault(text: string): TextPlace | null {
  const open: ('{' | '[')[] = []
  let expecting: Expecting = 'value'
  let at = 0
  const skip = (token: RegExp): boolean => {
    token.lastIndex = at
    if (!token.test(text)) return false
    at = token.lastIndex
    return true
  }
  const afterValue = (): Expecting => (open.length === 0 ? 'end' : 'more')
  for (;;) {
    skip(SPACE)
    const character = text[at]
    if (expecting === 'end') return character === undefined ? null : placeOf(text, at)
    const next = step(character, expecting, open)
    if (next !== null) {
      at += 1
      expecting = next
    } else if (expecting === 'first key' || expecting === 'key') {
      if (!skip(TEXT)) return placeOf(text, at)
      expecting = 'colon'
    } else if (expecting === 'value' || expecting === 'first value') {
      if (!skip(TEXT) && !skip(PLAIN)) return placeOf(text, at)
      expecting = afterValue()
    } else return placeOf(text, at)
  }
}

/** What comes after a structural character, or null when it is none or does not belong here. */
function step(character: string | undefined, expecting: Expecting, open: ('{' | '[')[]): Expecting | null {
  const within = open.at(-1)
  if (character === '{' || character === '[') {
    if (expecting !== 'value' && expecting !== 'first value') return null
    open.push(character)
    return character === '{' ? 'first key' : 'first value'
  }
  const closes = within === '{' ? '}' : ']'
  if (character === closes && within !== undefined) {
    if (expecting !== 'more' && expecting !== (within === '{' ? 'first key' : 'first value')) return null
    open.pop()
    return open.length === 0 ? 'end' : 'more'
  }
  if (character === ',' && expecting === 'more') return within === '{' ? 'key' : 'value'
  if (character === ':' && expecting === 'colon') return 'value'
  return null
}

function placeOf(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
