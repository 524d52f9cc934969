/** Data with functions that do not show when it is printed or written. */
export function hiding<Data extends object, Functions extends object>(
  data: Data,
  functions: Functions,
): Data & Functions {
  const all = { ...data }
  for (const [name, hidden] of Object.entries(Object.getOwnPropertyDescriptors(functions))) {
    Object.defineProperty(all, name, { ...hidden, enumerable: false })
  }
  return Object.freeze(all as Data & Functions)
}
