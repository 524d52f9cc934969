/** What a machine is told from others by. */
export interface MachineFacts {
  /** `linux` */
  readonly platform: string
  /** `x64` */
  readonly arch: string
  /** The model of its processors, as the system calls it. */
  readonly cpu: string | undefined
  /** Cores that this process may use. */
  readonly cores: number
  /** Version of Node. */
  readonly node: string
  /** Where the service runs when it is not on this machine: the host of its URL. */
  readonly service?: string | undefined
  /** What the environment calls this kind of machine, in place of its processor. */
  readonly named?: string | undefined
}

/**
 * The fingerprint of a kind of machine: `linux x64, AMD EPYC 7763 × 4, Node 24`. Runs are compared with
 * those of one fingerprint only. Memory is not in it, whose size a container does not know, and nor is
 * the name of the host, which is another one for each job of a CI.
 */
export function fingerprintOf(facts: MachineFacts): string {
  const { platform, arch, cpu, cores, node, service, named } = facts
  const major = node.replace(/^v/, '').split('.')[0]
  const processor = `${modelOf(cpu)} × ${cores}`
  const parts = [`${platform} ${arch}`, named ?? processor, `Node ${major}`]
  return [...parts, ...(service === undefined ? [] : [`service at ${service}`])].join(', ')
}

/** Without what makers add: `Intel(R) Xeon(R) CPU E5-2673 v4 @ 2.30GHz` is `Intel Xeon E5-2673 v4`. */
function modelOf(cpu: string | undefined): string {
  const model = (cpu ?? '')
    .replaceAll(/\((?:R|TM|C)\)/gi, '')
    .replaceAll(/@.*$|\bCPU\b|\bProcessor\b|\b\d+-Core\b/gi, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return model === '' ? 'unknown processor' : model
}

/** The host of a URL that is not on this machine; `undefined` for a loopback address or no URL. */
export function elsewhere(url: string | undefined): string | undefined {
  const host = url === undefined || !URL.canParse(url) ? '' : new URL(url).host
  const name = host.replace(/:\d+$/, '')
  const here = name === '' || name === 'localhost' || name === '[::1]' || name.startsWith('127.')
  return here ? undefined : host
}
