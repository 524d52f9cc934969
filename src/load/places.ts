import { shareOf, WHOLE, type Share } from '../data/share.ts'
import type { Ms } from '../units/units.ts'
import { connectAhead } from './connect-ahead.ts'
import type { LoadEnvironment } from './environment.ts'
import type { Behaviour, Behaviours } from './behaviour.ts'
import { Iteration } from './iteration.ts'
import type { LoadControl } from './load-control.ts'
import { refusePile } from './unawaited.ts'
import type { VirtualUser } from './virtual-user.ts'

interface Place {
  readonly user: VirtualUser
  readonly behaviour: Behaviour
  readonly iteration: Iteration
}

interface PlacesOptions {
  readonly control: LoadControl
  readonly behaviours: Behaviours
  readonly environment: LoadEnvironment
  /** How many there may be, those of other generators among them. */
  readonly most: number
}

/** The users of an open load: as many as arrivals need at once, and no more than there may be. */
export class Places {
  /** How many there may be, those of other generators among them. */
  most: number
  /** When the last iteration ended; what users do to tidy up comes after it. */
  endedAt: Ms = 0
  readonly #options: PlacesOptions
  readonly #places: Place[] = []
  /** The one that was busy last is taken first: few connections, none of which gets cold. */
  readonly #idle: Place[] = []
  readonly #drained = Promise.withResolvers<void>()
  #busy = 0
  #leaving: Promise<unknown> | undefined

  constructor(options: PlacesOptions) {
    this.#options = options
    this.most = options.most
  }

  /** Makes users ahead, and connects them: connections opened in mid-run make starts late. */
  async prepare(count: number, connectTimeout: Ms | undefined): Promise<void> {
    const { environment, control } = this.#options
    const made = Array.from({ length: shareOf(count, this.#share) }, () => this.#make())
    this.#idle.push(...made.toReversed())
    if (connectTimeout === undefined) return
    const connections = made.map(({ user }) => user.caller.connections)
    await connectAhead(connections, environment, connectTimeout, control.stopping)
  }

  /** An arrival that should start at a time takes an idle user, or a new one, or is dropped. */
  arrive(at: Ms, number: number): void {
    const { phases } = this.#options.control
    const { arrivals } = phases.recording.current
    const place = this.#idle.pop() ?? (this.#mayGrow() ? this.#make() : undefined)
    if (place === undefined) return arrivals?.dropped()
    place.user.arrives(number)
    place.iteration.begin(at)
    arrivals?.started(place.iteration.lag)
    void this.#serve(place)
  }

  /** Resolves when no iteration is under way, after the last has been asked for. */
  async drained(): Promise<void> {
    if (this.#busy > 0) await this.#drained.promise
  }

  /** All of them leave, once. */
  leave(): Promise<unknown> {
    return (this.#leaving ??= Promise.all(
      this.#places.map(({ user, behaviour }) => user.leave(behaviour.stop)),
    ))
  }

  get #share(): Share {
    return this.#options.environment.joint?.share ?? WHOLE
  }

  #mayGrow(): boolean {
    return this.#places.length < shareOf(this.most, this.#share)
  }

  #make(): Place {
    const { control, behaviours, environment } = this.#options
    const { index, of } = this.#share
    const user = control.createUser(index + of * this.#places.length)
    const iteration = new Iteration(user, control.phases.recording, environment.clock)
    const place = { user, behaviour: behaviours(user), iteration }
    this.#places.push(place)
    return place
  }

  async #serve(place: Place): Promise<void> {
    const { user, behaviour, iteration } = place
    this.#count(1)
    try {
      // An arrival that comes upon a user who has yet to start waits for that, as it would in life.
      if (!behaviour.ready) await behaviour.start()
      await behaviour.iterate()
      iteration.end()
    } catch (error) {
      this.#fail(iteration, error)
    }
    this.#count(-1)
    this.endedAt = iteration.endedAt
    user.iteration++
    this.#idle.push(place)
    this.#refusePile(user)
    if (this.#busy === 0 && this.#options.control.stopping.aborted) this.#drained.resolve()
  }

  #count(change: 1 | -1): void {
    this.#busy += change
    this.#options.control.phases.user(change)
  }

  #fail(iteration: Iteration, error: unknown): void {
    try {
      iteration.fail(error)
    } catch (misuse) {
      this.#options.control.end(misuse)
    }
  }

  #refusePile(user: VirtualUser): void {
    const { control } = this.#options
    try {
      refusePile(user.underWay, control.shared === undefined ? 1 : this.most)
    } catch (misuse) {
      control.end(misuse)
    }
  }
}
