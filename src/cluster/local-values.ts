import type { Made, Reply } from './local-wire.ts'

interface Value {
  readonly maker: number
  made?: Made
  readonly waiting: Reply[]
}

/** Values that one generator makes for all. */
export class LocalValues {
  readonly #values = new Map<string, Value>()

  take(id: string, generator: number, reply: Reply): void {
    const value = this.#values.get(id)
    if (value === undefined) {
      this.#values.set(id, { maker: generator, waiting: [] })
      reply({ make: true })
    } else if (value.made === undefined) value.waiting.push(reply)
    else reply({ made: value.made })
  }

  made(id: string, made: Made): void {
    const value = this.#values.get(id)
    if (value === undefined || value.made !== undefined) return
    value.made = made
    for (const reply of value.waiting.splice(0)) reply({ made })
  }

  /** What it was making nobody makes. */
  lost(generator: number, name: string): void {
    for (const [id, { maker, made }] of this.#values) {
      if (maker !== generator || made !== undefined) continue
      this.made(id, { failed: `${name} made ${JSON.stringify(id)}, and is gone` })
    }
  }
}
