export const SOCKETS = 50
/** What goes to and fro, as JSON. */
export const PING = { type: 'ping', id: 7, text: 'hello there' }
