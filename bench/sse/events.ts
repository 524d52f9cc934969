export const USERS = 50
/** In each stream, its end marker included. */
export const EVENTS = 500
