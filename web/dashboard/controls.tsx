import { useState } from 'preact/hooks'
import type { LiveLoad } from '../../src/live/live-page.ts'
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
      {takes('users') ? <Users now={live.users} off={off} steer={steer} /> : null}
      {takes('rate') ? <Rate off={off} steer={steer} /> : null}
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
      <Answered said={said} />
    </section>
  )
}

interface SteerProps {
  readonly off: boolean
  readonly steer: (command: SteerCommand) => void
}

function Users({ now, off, steer }: SteerProps & { readonly now: number }): preact.JSX.Element {
  const [users, setUsers] = useState('')
  const [perSecond, setPerSecond] = useState('')
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const rate = perSecond === '' ? {} : { perSecond: Number(perSecond) }
    steer({ kind: 'users', users: Number(users), ...rate })
  }
  return (
    <form onSubmit={submit}>
      <NumberField
        label="Users"
        value={users}
        onValue={setUsers}
        placeholder={String(now)}
        required
      />
      <NumberField
        label="per second"
        value={perSecond}
        onValue={setPerSecond}
        step="any"
        min={0.01}
        placeholder="all at once"
      />
      <button class="button" disabled={off}>
        Apply
      </button>
    </form>
  )
}

function Rate({ off, steer }: SteerProps): preact.JSX.Element {
  const [rate, setRate] = useState('')
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    steer({ kind: 'rate', perSecond: Number(rate) })
  }
  return (
    <form onSubmit={submit}>
      <NumberField
        label="Starts per second"
        value={rate}
        onValue={setRate}
        step="any"
        min={0.01}
        required
      />
      <button class="button" disabled={off}>
        Apply
      </button>
    </form>
  )
}
