import { useState } from 'preact/hooks'
import type { Start, StartableTest } from '../../src/live/live-page.ts'
import { Answered } from './answer.tsx'
import { NumberField } from './number-field.tsx'
import { useAsk } from './use-ask.ts'

/** In watch mode: a perf test with so many users. */
export function StartForm({ start }: { readonly start: Start }): preact.JSX.Element | null {
  const { can, busy, said, ask } = useAsk()
  const [test, setTest] = useState(start.tests[0]?.id ?? '')
  const [users, setUsers] = useState('')
  const [spawnRate, setSpawnRate] = useState('')
  if (start.tests.length === 0) return null
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const known = start.tests.some(({ id }) => id === test)
    ask('/start', {
      test: known ? test : (start.tests[0]?.id ?? ''),
      ...(users !== '' && { users: Number(users) }),
      ...(spawnRate !== '' && { spawnRate: Number(spawnRate) }),
    })
  }
  return (
    <form class="start" onSubmit={submit} aria-label="Start a test">
      <label class="field">
        <span>Test</span>
        <select value={test} onChange={({ currentTarget }) => setTest(currentTarget.value)}>
          {start.tests.map((each) => (
            <option key={each.id} value={each.id}>
              {textOf(each)}
            </option>
          ))}
        </select>
      </label>
      <NumberField label="Users" value={users} onValue={setUsers} placeholder="its own" />
      <NumberField
        label="spawned per second"
        value={spawnRate}
        onValue={setSpawnRate}
        step="any"
        min={0.01}
        placeholder="its own"
      />
      <button class="button" disabled={!can || busy || start.busy}>
        {start.busy ? 'A test runs' : 'Start'}
      </button>
      <Answered said={said} />
    </form>
  )
}

const textOf = ({ file, name }: StartableTest): string =>
  name === undefined ? file : `${name.replaceAll(' > ', ' › ')} – ${file}`
