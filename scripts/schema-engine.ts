import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type * as EngineBindings from '@prisma/schema-engine-wasm/schema_engine_bg'

type EngineModule = typeof EngineBindings & {
  __wbg_set_wasm(exports: WasmExports): void
}

// The part of the platform's WebAssembly that is used here; TypeScript knows it only together with the whole DOM.
type WasmExports = Readonly<Record<string, unknown>>
declare const WebAssembly: {
  instantiate(
    code: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: WasmExports } }>
}

export interface OpenedEngine {
  readonly engine: EngineBindings.SchemaEngine
  close(): Promise<void>
}

/**
 * Opens Prisma's schema engine (applies and compares migrations) on a database. It is a WebAssembly module of npm,
 * the same engine as in `prisma migrate`, so nothing is downloaded and the bookkeeping table is Prisma's own.
 *
 * @param connectionString the database
 * @param datamodels Prisma schema files, `[absolute path, text]`; needed only to compare
 * @returns the engine and its `close`
 */
export const openSchemaEngine = async (
  connectionString: string,
  datamodels?: [string, string][],
): Promise<OpenedEngine> => {
  const module = await loadEngine()
  const pool = new EnginePool({ connectionString, max: 2 })
  pool.on('error', () => {})
  const factory = bindMigrationAwareSqlAdapterFactory(engineAdapter(new PrismaPg(pool)))
  const engine = await module.SchemaEngine.new({ datamodels }, () => {}, factory)
  return {
    engine,
    close: async () => {
      engine.free()
      await pool.end()
    },
  }
}

// The module keeps its one instance in a variable of its own, so it is loaded once per process.
let loading: Promise<EngineModule> | undefined
const loadEngine = (): Promise<EngineModule> => (loading ??= instantiate())

// Instantiated by hand: Node still warns that importing a .wasm file directly is experimental.
const instantiate = async (): Promise<EngineModule> => {
  const engine = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as EngineModule
  const bindings = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const file = join(dirname(bindings), 'schema_engine_bg.wasm')
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    './schema_engine_bg.js': withPassingTimers(engine),
  })
  engine.__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: rememberPanic } })
  return engine
}

// The engine sets a timer of 10 s for its lock and never clears it: a finished program would wait for that.
const withPassingTimers = (bindings: EngineModule): Record<string, unknown> => {
  const entries = Object.entries(bindings).map(([name, value]) =>
    name.startsWith('__wbg_setTimeout') ? [name, passingTimeout] : [name, value],
  )
  return Object.fromEntries(entries) as Record<string, unknown>
}

const passingTimeout = (callback: () => void, delayMs: number): NodeJS.Timeout =>
  setTimeout(callback, delayMs >>> 0).unref()

// The engine reports its own bugs here just before it traps; without the registry even the trap's reason is lost.
const rememberPanic = (message: string): never => {
  throw new Error(`Prisma's schema engine failed: ${message}`)
}

/**
 * PrismaPg as the engine needs it.
 * - It cuts a migration at every semicolon, also inside function bodies and quoted text, and runs the pieces on
 *   whichever connections are free. Sent whole, PostgreSQL takes the text apart itself, and all of it or nothing of it
 *   happens: several statements in one message are one transaction.
 * - It doesn't know the catalogs' one-byte type `"char"`, without which the engine can't read a live schema.
 */
const engineAdapter = (factory: PrismaPg): SqlMigrationAwareDriverAdapterFactory => {
  const amend = (adapter: Awaited<ReturnType<PrismaPg['connect']>>) => {
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script)
    }
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query)
      for (const column of charColumns.get(result.rows) ?? [])
        result.columnTypes[column] = ColumnTypeEnum.Character
      return result
    }
    return adapter
  }
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => amend(await factory.connect()),
    connectToShadowDb: async () => amend(await factory.connectToShadowDb()),
  }
}

const TYPE_CHAR = 18
const TYPE_TEXT = 25

/** Which columns of a result, recognised by its rows, are of type `"char"`. */
const charColumns = new WeakMap<object, number[]>()

/** Passes `"char"` off as text, so that PrismaPg lets it through, and remembers where. */
class EnginePool extends pg.Pool {
  override async query(...args: unknown[]): Promise<never> {
    const run = super.query.bind(this) as (...args: unknown[]) => Promise<pg.QueryResult | pg.QueryResult[]>
    const results = await run(...args)
    for (const { fields, rows } of [results].flat()) {
      const columns = fields.flatMap(({ dataTypeID }, index) => (dataTypeID === TYPE_CHAR ? [index] : []))
      for (const column of columns) Object.assign(fields[column] ?? {}, { dataTypeID: TYPE_TEXT })
      charColumns.set(rows, columns)
    }
    return results as never
  }
}
