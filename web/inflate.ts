/** The text that was packed (gzip, then base64) into an element of this page; empty when there is none. */
export async function inflate(element: Element | null): Promise<string> {
  const packed = element?.textContent.trim() ?? ''
  if (packed === '') return ''
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Response(stream).text()
}
