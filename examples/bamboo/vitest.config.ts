import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'

export default defineConfig({
  plugins: [
    perf({
      include: ['tests/**/*.perf.ts'],
      baseUrl: process.env.BAMBOO_API_URL ?? 'http://127.0.0.1:18080',
      wsUrl: process.env.BAMBOO_WS_URL ?? 'ws://127.0.0.1:18080',
      server: { command: 'node service/main.ts', ready: '/health', env: { PORT: '18080' } },
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
