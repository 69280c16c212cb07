// One writer: creates, changes and deletes expenses of its own, one call after the other, until the server is gone.

import type { Random } from '../../src/commands/demo/random.ts'
import { type Door, digest, Refused } from './door.ts'
import type { Entry, State, Tally } from './ledger.ts'
import { drawPicture } from './picture.ts'

/** What a writer keeps from round to round. */
export type Writer = {
  readonly number: number
  readonly random: Random
  readonly entries: Entry[]
}

export type WriterRound = {
  readonly door: Door
  readonly reportId: number
  readonly withReceipts: boolean
  readonly tally: Tally
  /** Whether the server was killed by now: only then may a call stay without an answer. */
  readonly isKilled: () => boolean
}

const tags = ['personal', 'cash', 'travel', 'client', 'team']

/** How many of a writer's last entries it still changes. */
const recentEntries = 40

/** Writes until a call gets no answer; answers the entries that were touched. */
export async function writeUntilKilled(writer: Writer, round: WriterRound): Promise<Set<Entry>> {
  const touched = new Set<Entry>()
  for (;;) {
    const action = choose(writer, round)
    touched.add(action.entry)
    action.entry.pending = action.state
    try {
      await action.call()
    } catch (error) {
      if (error instanceof Refused) {
        round.tally.violations.push(`${action.entry.note}: refused: ${error.message}`)
      } else if (!round.isKilled()) {
        round.tally.violations.push(`${action.entry.note}: no answer from a living server: ${reason(error)}`)
      }
      return touched
    }
    action.entry.known = action.state
    action.entry.pending = undefined
    round.tally.acknowledged[action.kind] += 1
  }
}

type Action = {
  readonly kind: keyof Tally['acknowledged']
  readonly entry: Entry
  /** The entry's state once it is done. */
  readonly state: State
  readonly call: () => Promise<void>
}

function choose(writer: Writer, round: WriterRound): Action {
  const { random, entries } = writer
  const { door, withReceipts } = round
  const alive = entries.slice(-recentEntries).filter(({ known }) => known !== null && !known.deleted)
  const dice = random.int(1, 100)
  if (alive.length < 3 || dice <= 60) return create(writer, round)
  const entry = random.pick(alive)
  const { id, known } = entry
  if (id === undefined || known === null) return create(writer, round)
  if (dice <= 70) {
    return {
      kind: 'deletes',
      entry,
      state: { ...known, deleted: true, receipt: null },
      call: () => door.remove(id),
    }
  }
  if (withReceipts && dice <= 80 && known.receipt === null) {
    const picture = drawPicture(`${entry.note} later`, random.int(0, 40_000))
    const state = { ...known, receipt: digest(picture) }
    return { kind: 'receipts', entry, state, call: () => door.attach(id, picture) }
  }
  const state = { ...known, amount: amount(random), tag: random.pick(tags) }
  const fields = { amount: state.amount, tags: state.tag }
  return { kind: 'updates', entry, state, call: () => door.update(id, fields) }
}

function create(writer: Writer, { door, reportId, withReceipts }: WriterRound): Action {
  const { random, entries, number } = writer
  const note = `with ${word(number, entries.length)}`
  const entry: Entry = { note, reportId, id: undefined, known: null, pending: undefined }
  entries.push(entry)
  const picture = withReceipts && random.oneIn(5) ? drawPicture(note, random.int(0, 40_000)) : undefined
  const state: State = {
    amount: amount(random),
    tag: random.pick(tags),
    deleted: false,
    receipt: picture === undefined ? null : digest(picture),
  }
  const fields: Record<string, string> = random.oneIn(3)
    ? { q: `lunch ${state.amount} ${note} #${state.tag}`, r: String(reportId) }
    : { type: 'lunch', amount: state.amount, notes: note, tags: state.tag, report: String(reportId) }
  return {
    kind: 'creates',
    entry,
    state,
    async call() {
      entry.id = await door.create(fields, picture)
    },
  }
}

function amount(random: Random): string {
  return `${random.int(10, 9999)}.${String(random.int(0, 99)).padStart(2, '0')}`
}

/** A word of letters only, so that quick entry finds neither amount nor date in it; another one for each entry. */
function word(writer: number, entry: number): string {
  const digits = `${writer}${String(entry).padStart(6, '0')}`
  return `q${[...digits].map((digit) => 'bcdfghjklm'[Number(digit)]).join('')}`
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
