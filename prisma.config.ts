// For Prisma's own command line (`npx prisma migrate status`, `npx prisma studio`). The product doesn't read it: it
// applies prisma/migrations by itself when it starts.
import { defineConfig } from 'prisma/config'

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Absent for `prisma generate`, which needs no database.
  ...(process.env['DATABASE_URL'] ? { datasource: { url: process.env['DATABASE_URL'] } } : {}),
})
