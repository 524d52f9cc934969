/** The classes of operations that targets are set for, and that delays and faults are switched by. */
export const OPERATIONS = ['auth', 'read', 'complex', 'write', 'webhook'] as const

export type Operation = (typeof OPERATIONS)[number]

/** A number for some of the classes. */
export type PerOperation = Readonly<Partial<Record<Operation, number>>>

/**
 * Reads `write:800,read:20`.
 * @throws Error for an unknown class or a number out of range, with the name of the variable
 */
export function perOperation(text: string, variable: string, most: number): PerOperation {
  const entries = text.split(',').map((part): readonly [Operation, number] => {
    const [name = '', figure = ''] = part.split(':').map((each) => each.trim())
    const operation = OPERATIONS.find((each) => each === name)
    const value = figure === '' ? Number.NaN : Number(figure)
    if (operation !== undefined && value >= 0 && value <= most) return [operation, value]
    const example = `${OPERATIONS.join(', ')} with a number from 0 to ${most}, like write:${most}`
    throw new Error(`${variable} must be ${example}, got ${JSON.stringify(part)}`)
  })
  return Object.fromEntries(entries)
}
