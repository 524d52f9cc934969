import { useState } from 'preact/hooks'
import type { LiveLoad } from '../../src/live/live-page.ts'
import { formatNumber } from '../../src/units/format.ts'
import type { SteerCommand } from '../../src/load/steering.ts'
import { Answered } from './answer.tsx'
import { NumberField } from './number-field.tsx'
import { StopButton } from './stop-button.tsx'
import { useAsk } from './use-ask.ts'

/** What can be done to a load while it runs. */
export function Controls({ live }: { readonly live: LiveLoad }): preact.JSX.Element | null {
  const { can, busy, said, ask } = useAsk()
  if (live.controls.length === 0) return null
  const off = !can || busy
  const steer = (command: SteerCommand): void => ask('/steer', { load: live.id, command })
  const takes = (control: LiveLoad['controls'][number]): boolean => live.controls.includes(control)
  return (
    <section class="controls" aria-label="Controls">
      {takes('users') ? <Users live={live} off={off} steer={steer} /> : null}
      {takes('rate') ? <Rate live={live} off={off} steer={steer} /> : null}
      {takes('next-phase') ? (
        <button
          type="button"
          class="button"
          disabled={off}
          onClick={() => steer({ kind: 'next-phase' })}
        >
          Next phase
        </button>
      ) : null}
      {takes('stop') ? (
        <StopButton stopping={live.phase === 'graceful stop'} off={off} steer={steer} />
      ) : null}
      {live.onlyStop === undefined ? null : <p class="quiet">{live.onlyStop}</p>}
      <Answered said={said} />
    </section>
  )
}

interface SteerProps {
  readonly live: LiveLoad
  readonly off: boolean
  readonly steer: (command: SteerCommand) => void
}

function Users({ live, off, steer }: SteerProps): preact.JSX.Element {
  const [users, setUsers] = useState('')
  const [perSecond, setPerSecond] = useState('')
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const rate = perSecond === '' ? {} : { perSecond: Number(perSecond) }
    steer({ kind: 'users', users: Number(users), ...rate })
    setUsers('')
  }
  return (
    <form onSubmit={submit}>
      <NumberField
        label="Users"
        value={users}
        onValue={setUsers}
        placeholder={askedOf(live)}
        required
      />
      <NumberField
        label="per second"
        value={perSecond}
        onValue={setPerSecond}
        step="any"
        min={0.01}
        placeholder="its own"
      />
      <button class="button" disabled={off}>
        Apply
      </button>
    </form>
  )
}

function Rate({ live, off, steer }: SteerProps): preact.JSX.Element {
  const [rate, setRate] = useState('')
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    steer({ kind: 'rate', perSecond: Number(rate) })
    setRate('')
  }
  return (
    <form onSubmit={submit}>
      <NumberField
        label="Starts per second"
        value={rate}
        onValue={setRate}
        step="any"
        min={0.01}
        placeholder={askedOf(live)}
        required
      />
      <button class="button" disabled={off}>
        Apply
      </button>
    </form>
  )
}

/** What is asked of it now, by its plan or by hand. */
function askedOf({ asked, planned }: LiveLoad): string {
  const target = asked ?? planned
  if (target === undefined) return ''
  return formatNumber('users' in target ? target.users : target.perSecond)
}
