import autocannon from 'autocannon'
import { answerCalls } from '../common/answer-calls.ts'
import { rateWindow, type Rate, type WindowOptions } from '../common/rate-window.ts'
import { USERS } from './variant.ts'

const done = { count: 0 }

answerCalls({
  rate: async (url: string, window: WindowOptions): Promise<Rate> => {
    const run = autocannon({ url, connections: USERS, duration: 60 })
    run.on('response', () => done.count++)
    const rate = await rateWindow(() => done.count, window)
    run.stop()
    const { errors, non2xx } = await run
    if (errors + non2xx > 0) throw new Error(`autocannon had ${errors + non2xx} errors`)
    return rate
  },
})
