// Archives that someone has damaged, cut, stuffed or forged are refused, and nothing is there afterwards.

import assert from 'node:assert/strict'
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { createTestEngine, refusal } from '../../../test/harness.ts'
import { DomainError } from '../../core/errors.ts'
import { createTrial, type Trial, type TrialBook } from '../backup/trial.ts'
import { importCommand } from '../import.ts'
import { checkArchive } from './check.ts'
import { openTar } from './tar.ts'
import { exportDemo, type Parts, putTogether, takeApart } from './trial-archive.ts'

const block = 512

/** A head as any tar program would write it, with a right sum. */
function head(
  name: string,
  size: number,
  more: { type?: string; link?: string; sizeField?: Buffer } = {},
): Buffer {
  const bytes = Buffer.alloc(block)
  bytes.write(name, 0, 'utf8')
  bytes.write('0000600\u00000000000\u00000000000\u0000', 100, 'latin1')
  bytes.write(`${size.toString(8).padStart(11, '0')}\u000000000000000\u0000`, 124, 'latin1')
  if (more.sizeField !== undefined) bytes.set(more.sizeField, 124)
  bytes.write(`        ${more.type ?? '0'}${more.link ?? ''}`, 148, 'latin1')
  bytes.write('ustar\u000000', 257, 'latin1')
  const sum = bytes.reduce((total, byte) => total + byte, 0)
  bytes.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1')
  return bytes
}

const content = Buffer.alloc(block, 'x')
/** The archive with something put in front of all else. */
const stuffed = (archive: Buffer, ...parts: Buffer[]) => Buffer.concat([...parts, archive])

describe('import', () => {
  let trial: Trial
  let archive: Buffer
  let path: string
  const postgres = createTestEngine('postgres')
  before(async () => {
    trial = await createTrial()
    path = await exportDemo(trial, '2')
    archive = readFileSync(path)
  })
  after(() => trial.close())

  /** Refused in these words, and neither a database nor a file is there afterwards. */
  async function refused(
    from: string,
    words: RegExp,
    at: TrialBook = trial.place(),
    kind: 'invalid' | 'conflict' = 'invalid',
  ): Promise<void> {
    await assert.rejects(trial.run(importCommand, at, from), (error: Error) => {
      assert.match(error.message, words)
      return refusal(kind)(error)
    })
    assert.deepEqual([existsSync(at.files), existsSync(at.database)], [false, false])
  }

  const bytes: readonly [what: string, words: RegExp, forge: (archive: Buffer) => Buffer][] = [
    ['nothing at all', /cut off/, () => Buffer.alloc(0)],
    ['only an end', /manifest.json is missing/, () => Buffer.alloc(2 * block)],
    ['text', /no archive/, () => Buffer.alloc(2000, 'hello ')],
    ['a ZIP', /no archive/, (all) => Buffer.concat([Buffer.from('504b0304', 'hex'), all])],
    ['a compressed archive, however small it packs', /no archive/, (all) => gzipSync(all)],
    ['an archive without its end', /cut off/, (all) => all.subarray(0, -2 * block)],
    ['an archive with half an end', /cut off/, (all) => all.subarray(0, -block)],
    ['an archive with something behind its end', /behind the end/, (all) => Buffer.concat([all, content])],
    ['two archives in one', /behind the end/, (all) => Buffer.concat([all, all])],
    [
      'a name that leads out of the folder',
      /no archive/,
      (all) => stuffed(all, head('../evil', block), content),
    ],
    [
      'a name that leads out in the middle',
      /no archive/,
      (all) => stuffed(all, head('files/../../evil', block), content),
    ],
    ['an absolute name', /no archive/, (all) => stuffed(all, head('/etc/passwd', block), content)],
    ['a name of another system', /no archive/, (all) => stuffed(all, head('C:\\evil', block), content)],
    [
      'a name with NUL inside',
      /no archive/,
      (all) => stuffed(all, head('manifest.json\u0000/../evil', block), content),
    ],
    ['an empty name', /no archive/, (all) => stuffed(all, head('', block), content)],
    [
      'a symbolic link',
      /no archive/,
      (all) => stuffed(all, head('files/ab', 0, { type: '2', link: '/etc/passwd' })),
    ],
    [
      'a hard link',
      /no archive/,
      (all) => stuffed(all, head('files/ab', 0, { type: '1', link: 'manifest.json' })),
    ],
    ['a folder', /no archive/, (all) => stuffed(all, head('files/', 0, { type: '5' }))],
    ['a device', /no archive/, (all) => stuffed(all, head('files/ab', 0, { type: '3' }))],
    [
      'a long name of GNU',
      /no archive/,
      (all) => stuffed(all, head('././@LongLink', block, { type: 'L' }), content),
    ],
    ['a head of pax', /no archive/, (all) => stuffed(all, head('paxheader', block, { type: 'x' }), content)],
    ['a sparse file', /no archive/, (all) => stuffed(all, head('files/ab', 0, { type: 'S' }))],
    ['a size beyond the end', /cut off/, (all) => stuffed(all, head('big', 8 ** 11 - 1), content)],
    [
      'a size of many gigabytes in the way of GNU',
      /no archive/,
      (all) =>
        stuffed(all, head('big', 0, { sizeField: Buffer.from('800000000000ffffffffff', 'hex') }), content),
    ],
    [
      'a negative size',
      /no archive/,
      (all) => stuffed(all, head('big', 0, { sizeField: Buffer.from('-0000000001') })),
    ],
    [
      'a file that belongs to nothing',
      /evil belongs to nothing/,
      (all) => stuffed(all, head('evil', block), content),
    ],
    ['the same file twice', /twice/, (all) => stuffed(all, head('manifest.json', block), content)],
    [
      'a receipt file that no row names',
      /belongs to nothing/,
      (all) => stuffed(all, head(`files/ab/${'0'.repeat(62)}`, block), content),
    ],
  ]
  for (const [what, words, forge] of bytes) {
    test(`refuses ${what}`, async () => {
      const forged = trial.fresh('forged')
      writeFileSync(forged, forge(archive))
      await refused(forged, words)
    })
  }

  test('refuses what is cut anywhere, or has any byte changed', async () => {
    const forged = trial.fresh('forged')
    const check = async (changed: Buffer) => {
      writeFileSync(forged, changed)
      const tar = await openTar(forged)
      await checkArchive(tar).finally(() => tar.close())
    }
    await check(archive)
    const refusedAs = (changed: Buffer) =>
      assert.rejects(check(changed), (error) => error instanceof DomainError && error.kind !== 'not_found')
    const place = fc.nat({ max: archive.length - 1 })
    await fc.assert(
      fc.asyncProperty(place, (at) => refusedAs(archive.subarray(0, at))),
      { numRuns: 25 },
    )
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(archive)
        changed[at] = (changed[at] ?? 0) ^ change
        await refusedAs(changed)
      }),
      { numRuns: 60 },
    )
  })

  test('follows a link to an archive, since the one who names it chose it', async () => {
    const link = trial.fresh('link')
    symlinkSync(path, link)
    assert.equal((await trial.run(importCommand, trial.place(), link)).code, 0)
  })

  const first = (parts: Parts, table: string) => {
    const [row] = parts.rows.get(table) ?? []
    assert.ok(row, `There is nothing in ${table}.`)
    return row
  }
  const columnsOf = (parts: Parts, table: string, columns: readonly string[]) => {
    const tables = parts.manifest.tables.map((each) => (each.name === table ? { ...each, columns } : each))
    parts.manifest = { ...parts.manifest, tables }
  }
  const forgeries: readonly [what: string, words: RegExp, forge: (parts: Parts) => unknown][] = [
    [
      'a row of another organization',
      /tags.jsonl has a row of another/,
      (p) => Object.assign(first(p, 'tags'), { organization_id: 1 }),
    ],
    [
      'an event of another organization',
      /events.jsonl has a row of another/,
      (p) => Object.assign(first(p, 'events'), { organization_id: 1 }),
    ],
    [
      'a second organization',
      /organizations.jsonl has a row of another/,
      (p) => p.rows.get('organizations')?.push({ ...first(p, 'organizations'), id: 9 }),
    ],
    ['no organization', /does not hold one organization/, (p) => p.rows.set('organizations', [])],
    [
      'another organization than it says',
      /of another organization/,
      (p) => {
        p.manifest = { ...p.manifest, organization: { id: 1, name: p.manifest.organization.name } }
      },
    ],
    [
      'another name than it says',
      /of another organization/,
      (p) => {
        p.manifest = { ...p.manifest, organization: { ...p.manifest.organization, name: 'Mine' } }
      },
    ],
    [
      'someone who is no member',
      /someone who is no member/,
      (p) =>
        p.rows.get('people')?.push({ ...first(p, 'people'), id: 4711, email: 'x@y.example', username: 'x' }),
    ],
    [
      'a password that was not asked for',
      /a password that is not to be there/,
      (p) =>
        p.rows
          .get('passwords')
          ?.push({ person_id: first(p, 'people').id ?? 0, hash: 'x', revision: 1, updated_at: 1 }),
    ],
    [
      'a token that was not asked for',
      /a secret that is not to be there/,
      (p) => Object.assign(first(p, 'credentials'), { digest: 'd'.repeat(64) }),
    ],
    [
      'the secret of a webhook that was not asked for',
      /webhooks.jsonl has a secret that is not to be there/,
      (p) => {
        const { columns = [] } = p.manifest.tables.find(({ name }) => name === 'webhooks') ?? {}
        const empty = Object.fromEntries(columns.map((column) => [column, null]))
        p.rows.get('webhooks')?.push({ ...empty, organization_id: 2, id: 1, secret: 'known to two' })
      },
    ],
    [
      'a session that can be used',
      /a secret that is not to be there/,
      (p) => {
        p.manifest = { ...p.manifest, secrets: true }
        Object.assign(first(p, 'credentials'), { kind: 'session', digest: 'd'.repeat(64) })
      },
    ],
    [
      'an invitation to set the server up',
      /settings.jsonl has what is of no organization/,
      (p) => p.rows.get('settings')?.push({ name: 'set_up_digest', value: 'd'.repeat(64) }),
    ],
    [
      'a second factor for someone',
      /second_factors.jsonl has what is of no organization/,
      (p) =>
        p.rows
          .get('second_factors')
          ?.push({ person_id: first(p, 'people').id ?? 0, secret: 'AAAA', confirmed_at: 1, last_step: 0 }),
    ],
    [
      'an answer under a key',
      /idempotency_keys.jsonl has what is of no organization/,
      (p) =>
        p.rows.get('idempotency_keys')?.push({
          organization_id: 2,
          person_id: 1,
          key: 'k',
          fingerprint: 'f',
          status: 200,
          headers: '{}',
          body: '',
          at: 1,
        }),
    ],
    [
      'a counter of nothing',
      /a counter of nothing/,
      (p) => Object.assign(first(p, 'id_counters'), { noun: 'unicorn' }),
    ],
    [
      'a counter that was overtaken',
      /last number given/,
      (p) => {
        for (const row of p.rows.get('id_counters') ?? []) row.last = 0
      },
    ],
    [
      'fields that tables do not have',
      /does not have the tables/,
      (p) => columnsOf(p, 'tags', [...Object.keys(first(p, 'tags')), 'shade']),
    ],
    [
      'fields too few',
      /does not have the tables/,
      (p) => columnsOf(p, 'tags', Object.keys(first(p, 'tags')).slice(1)),
    ],
    [
      'the same row twice',
      /no book can hold together/,
      (p) => p.rows.get('tags')?.push({ ...first(p, 'tags') }),
    ],
    [
      'two people of one address',
      /no book can hold together/,
      (p) => {
        const [one, two] = p.rows.get('people') ?? []
        Object.assign(two ?? {}, { email: one?.email })
      },
    ],
    [
      'a reference to nothing',
      /there is none in clients/,
      (p) => {
        const project = first(p, 'projects')
        project.client_id = 4711
        // The history is forged with it, so that nothing but the reference itself is wrong.
        for (const event of p.rows.get('events') ?? []) {
          if (event.noun !== 'project' || event.entity_id !== project.id) continue
          for (const side of ['before', 'after'] as const) {
            const text = event[side]
            if (typeof text === 'string') event[side] = text.replace(/"clientId":\w+/, '"clientId":4711')
          }
        }
      },
    ],
    ['a person who is not there', /person/, (p) => p.rows.get('people')?.pop()],
    [
      'a changed row',
      /not what its last event says/,
      (p) => Object.assign(first(p, 'expenses'), { amount_minor: 1 }),
    ],
    [
      'a row without history',
      /No event tells/,
      (p) => p.rows.get('tags')?.push({ ...first(p, 'tags'), id: 4711, name: 'n', name_folded: 'n' }),
    ],
    [
      'a missing event',
      /Event 5 is missing/,
      (p) => p.rows.set('events', (p.rows.get('events') ?? []).toSpliced(4, 1)),
    ],
    [
      'a folded name that is wrong',
      /name_folded/,
      (p) => Object.assign(first(p, 'clients'), { name_folded: 'x' }),
    ],
    [
      'text where a number belongs',
      /./,
      (p) => Object.assign(first(p, 'expenses'), { amount_minor: 'many' }),
    ],
    [
      'nothing where something belongs',
      /no book can hold together|cannot/,
      (p) => Object.assign(first(p, 'expenses'), { currency: null }),
    ],
    ['NUL in a text', /no book can hold/, (p) => Object.assign(first(p, 'tags'), { color: 'a\u0000b' })],
    ['half a character', /no book can hold/, (p) => Object.assign(first(p, 'tags'), { color: '\ud83d' })],
    [
      'a file gone',
      /receipts \d+ ".*": The file \w+ is missing/,
      (p) => p.files.delete([...p.files.keys()][0] ?? ''),
    ],
    [
      'a file changed',
      /receipts \d+ ".*": The file \w+ is damaged/,
      (p) => p.files.set([...p.files.keys()][0] ?? '', Buffer.from('something else')),
    ],
    [
      'a file far too large',
      /is too large/,
      (p) => p.files.set([...p.files.keys()][0] ?? '', Buffer.alloc(65 * 1024 * 1024)),
    ],
    [
      'a file under a name that is no hash',
      /It names no file/,
      (p) => Object.assign(first(p, 'receipts'), { content_hash: '../../../etc/passwd' }),
    ],
    [
      'a file of another size than its receipt says',
      /bytes instead of|last event/,
      (p) => Object.assign(first(p, 'receipts'), { size_bytes: 1 }),
    ],
  ]
  for (const [what, words, forge] of forgeries) {
    test(`refuses an archive that fits together and holds ${what}`, async () => {
      const parts = await takeApart(path)
      forge(parts)
      const forged = trial.fresh('forged')
      await putTogether(parts, forged)
      await refused(forged, words)
    })
  }

  test('refuses such archives on PostgreSQL too, where the empty book stays empty', async () => {
    const at = trial.place(await postgres.freshAddress())
    for (const what of [
      'the same row twice',
      'two people of one address',
      'a reference to nothing',
      'text where a number belongs',
      'nothing where something belongs',
      'a changed row',
    ]) {
      const [, words = /./, forge] = forgeries.find(([name]) => name === what) ?? []
      const parts = await takeApart(path)
      forge?.(parts)
      const forged = trial.fresh('forged')
      await putTogether(parts, forged)
      await refused(forged, words, at)
    }
    assert.equal((await trial.run(importCommand, at, path)).code, 0)
  })

  const spellings: readonly [what: string, words: RegExp, from: string, to: string][] = [
    [
      'a field that is not known',
      /a field that tags do not have: role/,
      '"state":"active"}',
      '"role":"owner"}',
    ],
    ['one more field', /a field that tags do not have: __proto__/, '"color":""', '"__proto__":1,"color":""'],
    ['a field twice', /no row/, '"deleted_at":null,', '"deleted_at":null,"deleted_at":null,'],
    ['fields in another order', /no row/, '"deleted_at":null,"name"', '"name"'],
    ['blanks', /no row/, '{"organization_id"', '{ "organization_id"'],
    ['a list', /no row/, '"color":""', '"color":["x"]'],
    ['a fraction', /no row/, '"revision":1,', '"revision":1.5,'],
    ['a number beyond the exact ones', /no row/, '"revision":1,', '"revision":1e400,'],
    ['a number in another spelling', /no row/, '"revision":1,', '"revision":1.0,'],
    ['a deep nest', /no row/, '"color":""', `"color":${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['an open end', /ends in the middle of a row/, '"state":"active"}\n', '"state":"active"}'],
  ]
  for (const [what, words, from, to] of spellings) {
    test(`refuses rows with ${what}`, async () => {
      const forged = trial.fresh('forged')
      const parts = await takeApart(path)
      const { rows } = parts
      const tags = rows.get('tags') ?? []
      rows.set('tags', tags.slice(0, 1))
      await putTogether(parts, forged)
      // Its bytes are changed where they stand; the head of the file gets the new size.
      const all = readFileSync(forged)
      const start = all.indexOf('tables/tags.jsonl')
      const size = Number.parseInt(all.toString('latin1', start + 124, start + 135), 8)
      const body = all.toString('utf8', start + block, start + block + size)
      assert.ok(body.includes(from), body)
      const changed = Buffer.from(body.replace(from, to))
      const padded = Buffer.alloc(Math.ceil(changed.length / block) * block)
      padded.set(changed)
      const behind = all.subarray(start + block + Math.ceil(size / block) * block)
      writeFileSync(
        forged,
        Buffer.concat([all.subarray(0, start), head('tables/tags.jsonl', changed.length), padded, behind]),
      )
      await refused(forged, words)
    })
  }

  const manifests: readonly [
    what: string,
    words: RegExp,
    change: (manifest: Record<string, unknown>) => unknown,
    kind?: 'conflict',
  ][] = [
    ['a later format', /newer Daybook \(format 2\)/, (m) => Object.assign(m, { format: 2 }), 'conflict'],
    [
      'an unknown migration',
      /newer Daybook \(9999-later\)/,
      (m) => Object.assign(m, { migrations: ['0001-book', '9999-later'] }),
      'conflict',
    ],
    ['another state', /contradicts itself/, (m) => Object.assign(m, { stateHash: '0'.repeat(64) })],
    ['no tables', /does not have the tables/, (m) => Object.assign(m, { tables: [] })],
    [
      'other counts',
      /contradicts itself/,
      (m) => Object.assign(m, { files: { ...(m.files as object), count: 1 } }),
    ],
    ['a field of its own', /manifest.json is damaged/, (m) => Object.assign(m, { more: true })],
    ['no organization', /manifest.json is damaged/, (m) => delete m.organization],
    [
      'an organization of no number',
      /manifest.json is damaged/,
      (m) => Object.assign(m, { organization: { id: '2', name: 'x' } }),
    ],
    [
      'a prototype',
      /manifest.json is damaged/,
      (m) => Object.defineProperty(m, '__proto__', { value: {}, enumerable: true }),
    ],
    [
      'nothing in it',
      /manifest.json is damaged/,
      (m) => {
        for (const field of Object.keys(m)) delete m[field]
      },
    ],
  ]
  for (const [what, words, change, kind] of manifests) {
    test(`refuses a manifest with ${what}`, async () => {
      const start = archive.indexOf('manifest.json')
      const size = Number.parseInt(archive.toString('latin1', start + 124, start + 135), 8)
      const manifest = JSON.parse(archive.toString('utf8', start + block, start + block + size))
      change(manifest)
      const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
      const body = Buffer.alloc(Math.ceil(text.length / block) * block)
      body.set(text)
      const forged = trial.fresh('forged')
      const parts = [
        archive.subarray(0, start),
        head('manifest.json', text.length),
        body,
        Buffer.alloc(2 * block),
      ]
      writeFileSync(forged, Buffer.concat(parts))
      await refused(forged, words, trial.place(), kind)
    })
  }
})
