// Long names of a picture; the tables beside it have them whole.

const MOST_LETTERS = 24

/** Of a long name its ends, which tell it from others. @example shortenedName('guardian-net/escrow/USDC@ethereum') // 'guardian-net…USDC@ethereum' */
export function shortenedName(name: string): string {
  const [first, last] = [name.indexOf('/'), name.lastIndexOf('/')]
  return name.length <= MOST_LETTERS || first < 0 ? name : `${name.slice(0, first)}…${name.slice(last + 1)}`
}
