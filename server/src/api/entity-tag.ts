// Entity tags: `"REVISION-REFERENCES"`. Only the revision counts for a condition on a write.

import type { Actor } from '../core/actor.ts'
import { Refusal } from './problem.ts'

/** The tag of an entity as this organization shows it now: a rename of something it names moves the second number. */
export function tagOf(revision: number, { referencesRevision }: Pick<Actor, 'referencesRevision'>): string {
  return `"${revision}-${referencesRevision}"`
}

/** Whether an `If-None-Match` names this tag. Weak and strong are the same here. */
export function names(header: string | undefined, tag: string): boolean {
  if (header === undefined || header.length > 2000) return false
  const own = strong(tag)
  return header.split(',').some((part) => part.trim() === '*' || strong(part.trim()) === own)
}

function strong(tag: string): string {
  return tag.replace(/^W\//, '')
}

/** Throws a 412 unless the `If-Match` names this revision, or anything at all by `*`. */
export function checkMatch(header: string | undefined, revision: number): void {
  if (header === undefined) return
  const matches = header
    .slice(0, 2000)
    .split(',')
    .some(
      (part) =>
        part.trim() === '*' ||
        /^(?:W\/)?"(\d{1,16})(?:-\d{1,16})?"$/.exec(part.trim())?.[1] === String(revision),
    )
  if (!matches) throw new Refusal(412, 'revision_changed', 'It was changed by someone else meanwhile.')
}
