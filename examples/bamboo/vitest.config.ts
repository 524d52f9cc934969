import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'

const { BAMBOO_API_URL, BAMBOO_WS_URL, BAMBOO_API_TIMEOUT, BAMBOO_PORT, BAMBOO_WS_PORT } =
  process.env
const port = BAMBOO_PORT || '18080'
const wsPort = BAMBOO_WS_PORT || '18790'

/** The service of this folder; started only when none is named. */
const server = {
  command: 'node service/main.ts',
  cwd: import.meta.dirname,
  env: { PORT: port, WS_PORT: wsPort },
  ready: { url: '/health', port: Number(wsPort) },
  inspect: true,
}

export default defineConfig({
  plugins: [
    perf({
      include: ['tests/**/*.perf.ts'],
      baseUrl: BAMBOO_API_URL || `http://127.0.0.1:${port}`,
      wsUrl: BAMBOO_WS_URL || BAMBOO_API_URL || `ws://127.0.0.1:${wsPort}`,
      timeout: `${Number(BAMBOO_API_TIMEOUT || 30)}s`,
      ...(BAMBOO_API_URL ? {} : { server }),
      session: {
        open: 'POST /api/v1/sessions',
        id: 'session_id',
        chat: { route: 'POST /api/v1/sessions/{id}/chat', body: { message: '{text}' } },
        stream: {
          route: 'POST /api/v1/sessions/{id}/stream',
          body: { message: '{text}' },
          wire: 'openai.chat',
        },
        history: 'GET /api/v1/sessions/{id}/history',
        stop: 'POST /api/v1/sessions/{id}/stop',
        close: 'DELETE /api/v1/sessions/{id}',
      },
    }),
  ],
})
