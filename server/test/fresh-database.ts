// An empty database on the PostgreSQL of the test run, for one test or one file.

import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** A database of one's own. */
export type FreshDatabase = {
  readonly url: string
  /** Removes it, even while connections are open. */
  drop(): Promise<void>
}

/** Makes one. Throws outside `npm test`, which starts the server and names it in the environment. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const server = process.env.DAYBOOK_TEST_POSTGRES
  if (server === undefined) {
    throw new Error('There is no PostgreSQL to test with. Run this file as `npm test -- <part of its path>`.')
  }
  const name = `test_${randomBytes(6).toString('hex')}`
  await ask(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => ask(server, `drop database ${name} with (force)`) }
}

async function ask(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
