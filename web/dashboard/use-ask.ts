import { createContext } from 'preact'
import { useContext, useState } from 'preact/hooks'
import type { StartRequest, SteerRequest } from '../../src/live/requests.ts'
import type { Ask, Said } from './ask.ts'

/** Who asks the server; none where it is not there to be asked. */
export const AskContext = createContext<Ask | undefined>(undefined)

interface Asking {
  readonly can: boolean
  /** One thing is asked at a time. */
  readonly busy: boolean
  /** The last answer. */
  readonly said: Said | undefined
  readonly ask: (path: '/steer' | '/start', body: SteerRequest | StartRequest) => void
}

export function useAsk(): Asking {
  const server = useContext(AskContext)
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<Said>()
  const ask: Asking['ask'] = (path, body) => {
    if (server === undefined || busy) return
    setBusy(true)
    setSaid(undefined)
    void server(path, body).then((answer) => {
      setSaid(answer)
      setBusy(false)
    })
  }
  return { can: server !== undefined, busy, said, ask }
}
