import type { Said } from './ask.ts'

/** What became of the last request; told to who does not see it, too. */
export const Answered = ({ said }: { readonly said: Said | undefined }): preact.JSX.Element => (
  <p class={`answer ${said?.ok === false ? 'bad' : 'quiet'}`} role="status">
    {said === undefined ? '' : `${said.ok ? '✓' : '✗'} ${said.text}`}
  </p>
)
