/** How many open and close sockets, one after the other each. */
export const CONNECTORS = 20
