import { useEffect, useState } from 'preact/hooks'

/** Which test is shown: `#test-2` is the second, so that a link can point at it. */
export function useHash(count: number): readonly [number, (at: number) => void] {
  const [at, set] = useState(() => testIn(location.hash, count))
  useEffect(() => {
    const follow = (): void => set(testIn(location.hash, count))
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [count])
  const choose = (chosen: number): void => {
    location.hash = `test-${chosen + 1}`
    set(chosen)
  }
  return [at, choose]
}

function testIn(hash: string, count: number): number {
  const at = Number(/^#test-(\d+)$/.exec(hash)?.[1]) - 1
  return at >= 0 && at < count ? at : 0
}
