/** What the built-in profiles are for. */
export const DESCRIPTIONS: Readonly<Record<string, string>> = {
  smoke: 'does it work at all? 10 users, 2 more each second, for 1 min',
  load: 'a busy day: 100 users, 10 more each second, for 5 min',
  stress: 'more than it is built for: 500 users, 50 more each second, for 10 min',
  spike: 'a sudden rush: 1,000 users, 200 more each second, for 3 min',
  light: 'development: 10 users, 1 more each second, for 1 min',
  medium: 'a regular check: 20 users, 2 more each second, for 5 min',
  heavy: 'before a release: 50 users, 5 more each second, for 10 min',
  endurance: 'leaks and slow decay: 50 users, 1 more each second, for 30 min',
  soak: 'the same as endurance',
  'ramp-up': 'how much it can take: 10 users, 10 more every 30 s, up to 500, until limits break',
}

/** Profiles with what they are for. */
export const described = <T extends object>(
  profiles: Readonly<Record<string, T>>,
): Record<string, T & { readonly description?: string | undefined }> =>
  Object.fromEntries(
    Object.entries(profiles).map(([name, options]) => [
      name,
      { ...options, description: DESCRIPTIONS[name] },
    ]),
  )

/** A line for each profile, with what is known of it: `\n  smoke: does it work at all? …`. */
export const describeProfiles = (
  known: Readonly<Record<string, { readonly description?: string | undefined } | undefined>>,
): string =>
  Object.entries(known)
    .map(
      ([name, { description } = {}]) =>
        `\n  ${name}${description === undefined ? '' : `: ${description}`}`,
    )
    .join('')
