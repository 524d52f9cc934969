import { inflate } from './inflate.ts'

/** Unpacks the page's own script and runs it. */
async function boot(): Promise<void> {
  const script = document.createElement('script')
  script.type = 'module'
  script.textContent = await inflate(document.querySelector('#app'))
  document.head.append(script)
}

boot().catch(() => {
  const place = document.querySelector('#page')
  if (place !== null) place.textContent = 'This browser is too old to unpack the report.'
})
