// What SQLite alone reads: fifty rows by one prepared statement and their JSON, without HTTP. For comparison only.

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { readJob } from '../processes.ts'
import type { RawJob } from './figures.ts'
import { repeat } from './repeat.ts'

const { seconds, folder, organizationId, reports } = await readJob<RawJob>()
const database = new DatabaseSync(join(folder, 'daybook.db'))
const select = database.prepare(
  `select * from expenses where organization_id = ? and report_id = ? and deleted_at is null
   order by spent_at, id limit 50`,
)
let turn = 0
const result = repeat(seconds, () => {
  turn = (turn + 1) % reports.length
  const rows = select.all(organizationId, reports[turn] ?? 0)
  if (JSON.stringify(rows).length < 1000) throw new Error('There are no rows to read.')
})
process.stdout.write(`${JSON.stringify(result)}\n`)
database.close()
