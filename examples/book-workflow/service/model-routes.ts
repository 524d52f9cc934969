import { isObject, readJson, sendJson, type JsonObject } from '../../services/call.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Handler, Routes } from '../../services/router.ts'
import type { BookService } from './book-service.ts'
import { aiSdk } from './wires/ai-sdk.ts'
import { anthropic } from './wires/anthropic.ts'
import { ollama } from './wires/ollama.ts'
import { openaiChat } from './wires/openai-chat.ts'
import { openaiResponses } from './wires/openai-responses.ts'
import { ndjson, sse, text } from './wires/plain.ts'
import type { Wire } from './wires/wire.ts'

/** The model itself, in every format that clients speak. */
export function modelRoutes(service: BookService): Routes {
  const ask = (wire: Wire, promptOf: PromptOf, streamByDefault = false): Handler => {
    return async (call) => {
      service.userOf(call)
      const body = await readJson(call.request)
      const { model, stream = streamByDefault, stream_options: options } = body
      await service.ask(call, {
        wire,
        ...(typeof model === 'string' && { model }),
        prompt: promptOf(body),
        stream: stream === true,
        wantsUsage: isObject(options) && options.include_usage === true,
      })
    }
  }
  return {
    'GET /v1/models': ({ response }) =>
      sendJson(response, 200, {
        object: 'list',
        data: [{ id: 'quill', object: 'model', created: 0, owned_by: 'book-workflow' }],
      }),
    'POST /v1/chat/completions': ask(openaiChat, ofMessages),
    'POST /v1/responses': ask(openaiResponses, ofInput),
    'POST /v1/messages': ask(anthropic, ofMessages),
    'POST /api/chat': ask(ollama, ofMessages, true),
    'POST /api/ui': ask(aiSdk, ofMessages, true),
    'POST /stream/sse': ask(sse, ofPrompt, true),
    'POST /stream/ndjson': ask(ndjson, ofPrompt, true),
    'POST /stream/text': ask(text, ofPrompt, true),
  }
}

/** @throws HttpError 400 when there is nothing to answer */
type PromptOf = (body: JsonObject) => string

const ofMessages: PromptOf = ({ messages, system }) => {
  if (!Array.isArray(messages) || messages.length === 0) {
    throw new HttpError(400, 'messages must be a non-empty array')
  }
  return [system, ...messages].map(textIn).join('\n')
}

const ofInput: PromptOf = ({ input, instructions }) => {
  if (input === undefined || input === '') throw new HttpError(400, 'input must not be empty')
  return `${textIn(instructions)}\n${textIn(input)}`
}

const ofPrompt: PromptOf = ({ prompt }) => {
  if (typeof prompt === 'string' && prompt !== '') return prompt
  throw new HttpError(400, 'prompt must be a non-empty string')
}

/** All text of a message, in whichever of the shapes that APIs allow. */
function textIn(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textIn).join('\n')
  if (!isObject(value)) return ''
  return textIn(value.content ?? value.text ?? value.parts)
}
