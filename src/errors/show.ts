import { inspect } from 'node:util'

/** A received value as a reader recognises it: strings quoted, long things cut at 60 characters. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value))
  if (typeof value === 'function') {
    return value.name === '' ? 'a function' : `function ${value.name}`
  }
  if (value instanceof Error) return cut(`${value.name}: ${value.message}`)
  if (typeof value === 'object' && value !== null && !isPlain(value)) return instance(value)
  // Not JSON: that would turn NaN into null and leave functions and undefined out.
  return cut(inspect(value, { depth: 1, breakLength: Infinity, maxArrayLength: 20 }))
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return Array.isArray(value) || prototype === null || prototype === Object.prototype
}

function instance(value: object): string {
  const { name } = value.constructor
  if (name === '' || name === 'Object') return 'an object'
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`
}

function cut(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}
