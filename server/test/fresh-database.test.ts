// The PostgreSQL of the test run is a real one: durable, and ordering text as a language does.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { freshDatabase } from './fresh-database.ts'

test('a fresh database is empty, durable and its own', async () => {
  const [one, other] = [await freshDatabase(), await freshDatabase()]
  const client = new pg.Client({ connectionString: one.url })
  await client.connect()
  const answer = async (query: string) => Object.values((await client.query(query)).rows[0] ?? {})[0]
  assert.notEqual(one.url, other.url)
  assert.equal(await answer('show fsync'), 'on')
  assert.equal(await answer('show synchronous_commit'), 'on')
  assert.equal(await answer('show max_connections'), '200')
  assert.equal(await answer(`select 'a' < 'B'`), true)
  assert.equal(await answer(`select 'a' collate "C" < 'B' collate "C"`), false)
  assert.equal(await answer(`select count(*) from pg_tables where schemaname = 'public'`), '0')
  await client.end()
  await one.drop()
  await other.drop()
})
