/** What a service, or a user's file, may put into names, bodies and errors. */
export const HOSTILE: readonly (readonly [what: string, text: string])[] = [
  ['the end of a script', '</script><script>alert(1)</script>'],
  ['an image that runs code', '<img src=x onerror=alert(1)>'],
  ['ANSI escapes', '\u001B[2J\u001B[31mred\u001B]0;title\u0007\u009B31m'],
  ['marks that turn the direction of writing', 'a\u202Etxt.exe\u2066b\u200F'],
  ['a megabyte', 'x'.repeat(1_000_000)],
  ['a formula', '=HYPERLINK("http://evil","click")'],
  ['a formula by plus', '+1+cmd|calc!A1'],
  ['a formula by minus', '-2+3'],
  ['a formula by at', '@SUM(A1:A9)'],
  ['a formula behind a tab', '\t=1+1'],
  ['a formula behind a CR', '\r=1+1'],
  ['a formula of full width', '＝1+1'],
  ['separators and quotes', 'a,"b";c\r\n=1+1'],
  ['Markdown', '[x](javascript:alert(1)) | `code` **bold** @all #1'],
  ['half a character', 'a\uD83D'],
  ['the name of a property', '__proto__'],
]

/** What must never come out anywhere: control characters, and marks that turn the direction of writing. */
export const UNSEEN = /(?!\n)\p{Cc}|\p{Cf}/u
