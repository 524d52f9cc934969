import { answerCalls } from '../common/answer-calls.ts'
import type { Rate, WindowOptions } from '../common/rate-window.ts'
import { scriptedRate } from '../common/scripted-users.ts'
import { realClock } from '../../src/clock/clock.ts'
import { GeneratorWatch } from '../../src/monitors/generator-watch.ts'

const USERS = 50
const done = { count: 0 }

/** A load, which watches its process; `'twice'` lets a second watch do the same. */
async function rate(url: string, watched: 'once' | 'twice', window: WindowOptions): Promise<Rate> {
  const second = new GeneratorWatch(realClock)
  if (watched === 'twice') second.begin()
  const scenario = async ({ http }: { http: { get(path: string): Promise<unknown> } }) => {
    await http.get('/')
    done.count++
  }
  const measured = await scriptedRate(url, USERS, window, scenario, () => done.count)
  second.end()
  return measured
}

answerCalls({ rate })
