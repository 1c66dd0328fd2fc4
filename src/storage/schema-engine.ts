import { readFile } from 'node:fs/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg') & {
  __wbg_set_wasm(exports: WasmExports): void
}

// The part of the platform's WebAssembly that is used here; TypeScript knows it only together with the whole DOM.
type WasmExports = Readonly<Record<string, unknown>>
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: Record<string, unknown>): Promise<{ instance: { exports: WasmExports } }>
}

export interface OpenedEngine {
  readonly engine: SchemaEngine
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
  const factory = bindMigrationAwareSqlAdapterFactory(wholeScripts(new PrismaPg(pool)))
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
  const file = new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    './schema_engine_bg.js': engine,
  })
  engine.__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: rememberPanic } })
  return engine
}

// The engine reports its own bugs here just before it traps; without the registry even the trap's reason is lost.
const rememberPanic = (message: string): never => {
  throw new Error(`Prisma's schema engine failed: ${message}`)
}

/**
 * PrismaPg cuts a migration at every semicolon, also inside function bodies and quoted text, and runs the pieces on
 * whichever connections are free. Sent whole, PostgreSQL takes the text apart itself, and all of it or nothing of it
 * happens: several statements in one message are one transaction.
 */
const wholeScripts = (factory: PrismaPg): SqlMigrationAwareDriverAdapterFactory => {
  const whole = <Adapter extends Awaited<ReturnType<PrismaPg['connect']>>>(adapter: Adapter): Adapter => {
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script)
    }
    return adapter
  }
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => whole(await factory.connect()),
    connectToShadowDb: async () => whole(await factory.connectToShadowDb()),
  }
}

const TYPE_CHAR = 18
const TYPE_BPCHAR = 1042

/** Describes the catalogs' one-byte `"char"` as `char(1)`: PrismaPg doesn't know it and couldn't read a live schema. */
class EnginePool extends pg.Pool {
  override async query(...args: unknown[]): Promise<never> {
    const run = super.query.bind(this) as (...args: unknown[]) => Promise<pg.QueryResult | pg.QueryResult[]>
    const result = await run(...args)
    for (const field of [result].flat().flatMap(({ fields }) => fields)) {
      if (field.dataTypeID === TYPE_CHAR) field.dataTypeID = TYPE_BPCHAR
    }
    return result as never
  }
}
