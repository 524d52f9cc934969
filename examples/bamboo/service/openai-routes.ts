import { randomUUID } from 'node:crypto'
import type { Bamboo } from './bamboo.ts'
import { isObject, readJson, sendJson, type Call, type JsonObject } from '../../services/call.ts'
import { cutOf } from './faults.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Routes } from '../../services/router.ts'
import { Speech } from '../../services/speech.ts'
import { countTokens, sendStream, usageOf } from './stream.ts'
import { planReply, type Plan } from '../../services/tokens.ts'

/** The part of OpenAI's API that chat clients need; any key will do, and so will none. */
export function openaiRoutes(bamboo: Bamboo): Routes {
  let asked = 0
  // Like questions get like answers, but not like delays: those would hide the jitter.
  const plan = (messages: string): Plan => {
    asked += 1
    return planReply(bamboo.settings, messages, `openai/${asked}`)
  }
  return {
    'GET /v1/models': ({ response }) =>
      sendJson(response, 200, {
        object: 'list',
        data: [{ id: 'bamboo', object: 'model', created: 0, owned_by: 'bamboo' }],
      }),
    'POST /v1/chat/completions': async (call) => {
      const question = questionOf(await readJson(call.request))
      bamboo.admit()
      await (question.stream ? sendChunks : sendWhole)(call, question, plan(question.messages))
    },
  }
}

interface Question {
  readonly messages: string
  readonly model: string
  readonly stream: boolean
  readonly wantsUsage: boolean
}

function questionOf({ messages, model, stream, stream_options: options }: JsonObject): Question {
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new HttpError(400, 'messages must be a non-empty array')
  }
  return {
    messages: JSON.stringify(messages),
    model: typeof model === 'string' ? model : 'bamboo',
    stream: stream === true,
    wantsUsage: isObject(options) && options.include_usage === true,
  }
}

async function sendWhole({ response }: Call, question: Question, plan: Plan): Promise<void> {
  const speech = new Speech(plan)
  response.once('close', speech.stop)
  const { reply, tokens } = await speech.ended
  const message = { role: 'assistant', content: reply, refusal: null }
  sendJson(response, 200, {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: question.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }],
    usage: usageOf(countTokens(question.messages), tokens),
  })
}

function sendChunks({ request, response }: Call, question: Question, plan: Plan): Promise<void> {
  const options = {
    id: `chatcmpl-${randomUUID()}`,
    model: question.model,
    cut: cutOf(request.headers),
    promptTokens: question.wantsUsage ? countTokens(question.messages) : undefined,
  }
  return sendStream(response, options, (onToken) => new Speech(plan, onToken))
}
