import { Pool } from 'undici'
import { parseServices } from '../../src/service/options.ts'
import { startService } from '../../src/service/start-service.ts'
import type { Service } from '../../src/service/start-service.ts'
import { freePort } from './service-processes.ts'

/** A service of `tests/support` on a free port of its own. */
export async function startOnFreePort(options: object): Promise<Service> {
  const baseUrl = `http://127.0.0.1:${await freePort()}`
  const [spec] = parseServices({ ready: '/health', name: 'api', ...options }, 'server', baseUrl)
  if (spec === undefined) throw new Error('no service')
  return startService(spec)
}

/** So many requests over ten connections, and all connections closed. */
export async function requestOften(url: string, count: number): Promise<number> {
  const pool = new Pool(url, { connections: 10 })
  const user = async (): Promise<void> => {
    for (let nth = 0; nth < count / 10; nth += 1) {
      const { body } = await pool.request({ method: 'GET', path: '/' })
      await body.dump()
    }
  }
  await Promise.all(Array.from({ length: 10 }, user))
  await pool.close()
  return count
}
