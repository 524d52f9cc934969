import { cleanText } from './clean-text.ts'

/**
 * A text of someone else's inside GitHub Markdown, in a table cell too: it reads as it stands and
 * marks up nothing. Entities, because a backslash before `|` means something else in a table.
 */
export const escapeMarkdown = (text: string): string =>
  cleanText(text).replaceAll(ACTIVE, (character) => `&#${character.codePointAt(0)};`)

/** HTML, code, emphasis, links, mathematics, mentions, and what splits a cell. An inner `_` is none. */
const ACTIVE = /[&<>|`*~[\]\\$@#]|(?<![a-z0-9])_|_(?![a-z0-9])/gi
