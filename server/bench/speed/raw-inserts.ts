// The limit of writing one by one: SQLite alone, a row of the size of an expense, one commit and one fsync for each.

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { readJob } from '../processes.ts'
import type { RawJob } from './figures.ts'
import { repeat } from './repeat.ts'

const { seconds, folder, rowBytes } = await readJob<RawJob>()
const database = new DatabaseSync(join(folder, 'raw.db'))
database.exec('pragma journal_mode=wal; pragma synchronous=full')
database.exec('create table if not exists rows (id integer primary key, content text not null)')
const insert = database.prepare('insert into rows (content) values (?)')
const content = 'x'.repeat(rowBytes)
process.stdout.write(`${JSON.stringify(repeat(seconds, () => insert.run(content)))}\n`)
database.close()
