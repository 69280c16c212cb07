// Where the demo is played: the core over one open transaction, with a clock, ids and secrets that the demo sets.

import type { Actor } from '../../core/actor.ts'
import type { Instant } from '../../core/day.ts'
import type { Noun } from '../../core/entity.ts'
import type { Receipt } from '../../core/expenses/nouns.ts'
import type { ReceiptFile } from '../../core/expenses/receipts.ts'
import { type Core, createCore } from '../../core/index.ts'
import type { Files, Secrets, Store, Transaction } from '../../core/ports.ts'
import { printer } from '../../outside/documents/index.ts'

export type Stage = {
  readonly core: Core
  /** Sets the clock. What follows happens at this instant. */
  readonly moveTo: (at: Instant) => void
  /** The next new entities of the noun get these ids, in this order. */
  readonly pinIds: (noun: Noun, ...ids: readonly number[]) => void
  /** The next receipt gets this public key. */
  readonly pinKey: (key: string) => void
  /** Puts a file behind an expense. */
  readonly attach: (actor: Actor, expenseId: number, file: ReceiptFile) => Promise<Receipt>
  /** The member of the organization as an actor. */
  readonly actor: (login: string, organizationId: number) => Promise<Actor>
}

/** What the stages of one demo share. The secrets give the same tokens each time. */
export type Props = { readonly files: Files; readonly secrets: Secrets }

/**
 * Sets up a stage inside an open transaction. Every verb is a change of its own, with its own instant and author, yet
 * all of them are kept together or not at all.
 */
export function createStage(tx: Transaction, { files, secrets }: Props, start: Instant): Stage {
  let now = start
  const ids = new Map<Noun, number[]>()
  const keys: string[] = []
  const core = createCore({
    printer,
    store: joined(tx),
    files,
    secrets: { ...secrets, newKey: () => keys.shift() ?? secrets.newKey() },
    clock: () => now,
    pinnedId: (noun) => ids.get(noun)?.shift(),
  })
  return {
    core,
    moveTo(at) {
      now = at
    },
    pinIds(noun, ...more) {
      ids.set(noun, [...(ids.get(noun) ?? []), ...more])
    },
    pinKey(key) {
      keys.push(key)
    },
    async attach(actor, expenseId, file) {
      return (await core.receipts.attach(actor, expenseId, await core.receipts.keep(actor, file))).receipt
    },
    actor(login, organizationId) {
      return core.signIn.byLogin(login, organizationId, { door: 'command', requestId: 'demo', address: '' })
    },
  }
}

/** The store as seen from inside an open transaction: a write joins it instead of opening its own. */
function joined(tx: Transaction): Store {
  return {
    ...tx,
    write: (_organizationId, work) => work(tx),
    close: () => Promise.resolve(),
  }
}
