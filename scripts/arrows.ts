/**
 * The house's one-way streets: who may import whom in src/. Text is read, not run: types count as imports too,
 * because a type that points up is a dependency that points up.
 */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** A room, the rooms below it, and (for the pure rooms) the only packages it may use. */
interface Room {
  below: readonly string[]
  packages?: readonly string[]
}

const platforms = ['bots', 'jobs', 'sandbox'] as const
const ground = ['domain', 'foundation'] as const

/** Every file of src/ lives in exactly one of these rooms; `domain` is the ground floor. */
const rooms: Record<string, Room> = {
  domain: { below: [], packages: ['libphonenumber-js'] },
  flows: { below: ['domain'], packages: ['libphonenumber-js'] },
  storage: { below: ['domain'] },
  // Settings, locales, the log and the HTTP server know the domain's types and nothing else of ours.
  foundation: { below: ['domain'] },
  // What people take away as files: charts, QR codes, posters, spreadsheets.
  reports: { below: ground },
  // Files that people bring, as rows: CSV and XLSX of any size.
  files: { below: ['domain'] },
  sandbox: { below: ground },
  bots: { below: ['flows', 'storage', 'reports', 'files', ...ground] },
  jobs: { below: ['flows', 'storage', 'reports', 'files', ...ground] },
  top: { below: [...platforms, 'flows', 'storage', 'reports', 'files', ...ground] },
}

const foundationFiles = /^src\/(settings|locales|log|http)(\.ts|\/)/

/** Which room a file of src/ (posix path from the root) belongs to; the files beside the folders, cli/ and wiring/ are the top. */
export function roomOf(file: string): string {
  if (foundationFiles.test(file)) return 'foundation'
  const folder = /^src\/([^/]+)\//.exec(file)?.[1]
  if (folder === undefined || folder === 'cli' || folder === 'wiring') return 'top'
  return folder
}

const comment = /\/\*[\s\S]*?\*\/|(?<=^|[\s;])\/\/[^\n]*/g
const importOf =
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm

/** The module names that a TypeScript source imports, in order: static, re-exports, side effects, dynamic, import types. */
export function importsOf(source: string): string[] {
  return [...source.replaceAll(comment, '').matchAll(importOf)].flatMap(
    (match) => match[1] ?? match[2] ?? match[3] ?? [],
  )
}

const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')

function troubleWith(file: string, imported: string): string | undefined {
  const from = roomOf(file)
  const room = rooms[from]
  if (room === undefined)
    return `${file}: src/${from}/ is not a room of the house (scripts/arrows.ts lists them)`
  if (imported.startsWith('#')) return `${file}: "${imported}": use a relative import`
  if (!imported.startsWith('.')) {
    if (room.packages === undefined || room.packages.includes(packageOf(imported))) return undefined
    return `${file}: ${from} is pure and may not use "${imported}"`
  }
  if (!/\.(ts|json|js)$/.test(imported)) return `${file}: "${imported}" must end in .ts`
  const target = path.posix.join(path.posix.dirname(file), imported)
  if (!target.startsWith('src/'))
    return target.endsWith('.json') ? undefined : `${file}: ${target} is outside of src/`
  const to = roomOf(target)
  if (to === from || room.below.includes(to)) return undefined
  return `${file}: ${from} may not import ${to} (${target})`
}

/** The first cycle through `files` found by walking the imports, as the path of files, or undefined. */
export function cycleIn(graph: Map<string, string[]>): string[] | undefined {
  const done = new Set<string>()
  const walk = (file: string, trail: string[]): string[] | undefined => {
    const start = trail.indexOf(file)
    if (start >= 0) return [...trail.slice(start), file]
    if (done.has(file)) return undefined
    for (const next of graph.get(file) ?? []) {
      const cycle = walk(next, [...trail, file])
      if (cycle !== undefined) return cycle
    }
    done.add(file)
    return undefined
  }
  for (const file of graph.keys()) {
    const cycle = walk(file, [])
    if (cycle !== undefined) return cycle
  }
  return undefined
}

/**
 * Reads every .ts file under `root`/src except generated code.
 * @returns what is wrong, one line each; empty when all arrows point down and there is no cycle
 */
export async function checkArrows(root: string): Promise<string[]> {
  const names = await readdir(path.join(root, 'src'), { recursive: true })
  const files = names
    .map((name) => path.posix.join('src', name.split(path.sep).join('/')))
    .filter((file) => file.endsWith('.ts') && !file.includes('/generated/'))
    .sort()
  const troubles: string[] = []
  const graph = new Map<string, string[]>()
  for (const file of files) {
    const room = roomOf(file)
    if (!(room in rooms))
      troubles.push(`${file}: src/${room}/ is not a room of the house (scripts/arrows.ts lists them)`)
    const imports = importsOf(await readFile(path.join(root, file), 'utf8'))
    troubles.push(...imports.flatMap((imported) => troubleWith(file, imported) ?? []))
    graph.set(
      file,
      imports
        .filter((imported) => imported.startsWith('.'))
        .map((imported) => path.posix.join(path.posix.dirname(file), imported)),
    )
  }
  const cycle = cycleIn(graph)
  if (cycle !== undefined) troubles.push(`cycle: ${cycle.join(' -> ')}`)
  return troubles
}
