// Whole answers to reads, kept while nothing in their organization has changed.

import type { Actor } from '../core/actor.ts'

/** The text of an answer, its type, and where there are any its other headers. */
export type AnswerText = {
  readonly text: string
  readonly contentType: string
  readonly headers?: Readonly<Record<string, string>>
}

type Kept = AnswerText & { readonly sequence: number; readonly references: number }

/** Bytes that an answer costs beside its text: its place, and a key of usual length. */
const overhead = 300

/** A longer key, of whoever writes a long question, costs what it is longer. */
const usualKey = 150

/** Longest answer that is kept; a longer one is sent in pieces anyway. */
const maxLength = 256 * 1024

export type Answers = {
  /** This answer, when it was made at the organization's present event. */
  readonly find: (actor: Actor, what: string) => AnswerText | undefined
  /** Keeps an answer that `find` did not know. */
  readonly keep: (actor: Actor, what: string, answer: AnswerText) => void
}

/**
 * Makes the answers of a server. What is kept can never be stale: every change makes an event in its own transaction, and
 * the number of the last one is read with the actor of each request, before anything else. An answer is found by the
 * person, the rights and the whole request, so it is only ever given to someone who got it before. It may be used for
 * reads whose answer depends on nothing but that organization and the names of its people, who may be renamed in another
 * one: the references revision tells. The oldest go when `maxBytes` is reached.
 */
export function createAnswers(maxBytes: number): Answers {
  const answers = new Map<string, Kept>()
  let bytes = 0

  function drop(key: string, { text }: Kept): void {
    answers.delete(key)
    bytes -= costOf(key, text)
  }

  return {
    find(actor, what) {
      const known = answers.get(keyOf(actor, what))
      const fits = known?.sequence === actor.sequence && known.references === actor.referencesRevision
      return fits ? known : undefined
    },

    keep(actor, what, { text, contentType, headers }) {
      if (text.length > maxLength) return
      const key = keyOf(actor, what)
      const known = answers.get(key)
      if (known !== undefined) drop(key, known)
      const { sequence, referencesRevision: references } = actor
      const kept = { sequence, references, text, contentType }
      answers.set(key, headers === undefined ? kept : { ...kept, headers })
      bytes += costOf(key, text)
      for (const [oldest, kept] of answers) {
        if (bytes <= maxBytes) break
        drop(oldest, kept)
      }
    },
  }
}

function costOf(key: string, text: string): number {
  return text.length + overhead + Math.max(0, key.length - usualKey)
}

function keyOf({ organizationId, personId, role, scopes, door }: Actor, what: string): string {
  const rights = scopes === null ? role : `${role} ${[...scopes].sort().join(',')}`
  return `${organizationId} ${personId} ${rights} ${door} ${what}`
}
