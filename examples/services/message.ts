/** What was said in a session, and who said it. */
export interface Message {
  readonly role: 'user' | 'assistant'
  readonly content: string
}
