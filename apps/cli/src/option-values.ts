// How the text of an option becomes its value; what is no value ends with a line that says what is needed.
import { InvalidArgumentError } from '@commander-js/extra-typings'

export function seed(text: string): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > 4_294_967_295)
    throw new InvalidArgumentError('A whole number from 0 to 4294967295 is needed.')
  return Number(text)
}

export function positive(text: string): number {
  if (!/^\d{1,7}$/.test(text) || Number(text) === 0)
    throw new InvalidArgumentError('A whole number from 1 to 9999999 is needed.')
  return Number(text)
}

export function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('A port number from 0 to 65535 is needed.')
  return Number(text)
}

export function bps(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 10_000)
    throw new InvalidArgumentError('A whole number from 0 to 10000 is needed.')
  return Number(text)
}

export function rate(text: string): number {
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text) || Number(text) > 1)
    throw new InvalidArgumentError('A number from 0 to 1 is needed.')
  return Number(text)
}

export function impact(text: string): number {
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text)) throw new InvalidArgumentError('A number from 0 up is needed.')
  return Number(text)
}
