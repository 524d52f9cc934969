import type { TestProject, Vitest } from 'vitest/node'
import type { ControlServer, Route } from './control-server.ts'
import type { GeneratorRoutes } from './generator-routes.ts'
import type { OnceStore } from './once-store.ts'
import { PROJECT } from './projects.ts'

/** What test processes may ask of the main process for its run: each is loaded when the first one asks. */
export function addRoutes(server: ControlServer, vitest: Vitest): void {
  const generators = lazy(async () => {
    const { GeneratorRoutes: Routes } = await import('./generator-routes.ts')
    const routes = new Routes(() => perfProject(vitest))
    server.ends.add(() => routes.close())
    return routes
  })
  const store = lazy(async () => {
    const { OnceStore: Store } = await import('./once-store.ts')
    const made = new Store()
    server.ends.add(() => made.clear())
    return made
  })
  const route = <T>(of: () => Promise<T>, act: (of: T) => Route): Route => {
    return async (request, response) => act(await of())(request, response)
  }
  const all = {
    '/generators': route<GeneratorRoutes>(
      generators,
      (of) =>
        (...given) =>
          of.begin(...given),
    ),
    '/generators/end': route<GeneratorRoutes>(
      generators,
      (of) =>
        (...given) =>
          of.end(...given),
    ),
    '/once': route<OnceStore>(
      store,
      (of) =>
        (...given) =>
          of.ask(...given),
    ),
    '/once/made': route<OnceStore>(
      store,
      (of) =>
        (...given) =>
          of.made(...given),
    ),
  }
  for (const [path, each] of Object.entries(all)) server.routes.set(path, each)
}

function perfProject({ projects }: Vitest): TestProject {
  const found = projects.find(({ name }) => name === PROJECT)
  if (found === undefined) throw new Error(`there is no project ${PROJECT}`)
  return found
}

/** Made once, when it is first needed. */
function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  const made: { value?: Promise<T> } = {}
  return () => (made.value ??= make())
}
