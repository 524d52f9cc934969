import { useEffect, useState } from 'preact/hooks'
import type { LivePage } from '../../src/live/live-page.ts'
import { follow, type Link } from './follow.ts'
import { Paced } from './paced.ts'

export interface Live {
  readonly link: Link
  /** As it was last told; absent before the first word. */
  readonly page?: LivePage | undefined
}

/** What the server tells, drawn as often as it is worth it. */
export function useLive(token: string | undefined): Live {
  const [link, setLink] = useState<Link>({
    state: token === undefined ? 'refused' : 'connecting',
  })
  const [page, setPage] = useState<LivePage>()
  useEffect(() => {
    if (token === undefined) return undefined
    const end = new AbortController()
    const paced = new Paced(setPage)
    void follow(token, { onPage: (now) => paced.put(now), onLink: setLink }, end.signal)
    return () => {
      end.abort()
      paced.close()
    }
  }, [token])
  return { link, page }
}
