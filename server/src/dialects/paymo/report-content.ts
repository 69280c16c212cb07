// What a report of time says: entries added up along a tree of groups. Pure.

import { type Decimal, divideDecimals, trimDecimal } from '../../core/decimal.ts'
import type { WireObject } from './wire.ts'

/** The groups a report can have, from the outside to the inside. */
export const groups = ['days', 'clients', 'users', 'projects', 'tasklists', 'tasks', 'entries'] as const
export type Group = (typeof groups)[number]

/** One entry as a report sees it: for each group its id and title, and the seconds. */
export type Timed = {
  readonly seconds: number
  readonly in: Readonly<Record<Group, { readonly id: number | string; readonly title: string }>>
}

const types: Readonly<Record<Group, string>> = {
  days: 'day',
  clients: 'client',
  users: 'user',
  projects: 'project',
  tasklists: 'tasklist',
  tasks: 'task',
  entries: 'entry',
}

type Node = { readonly title: string; seconds: number; readonly inner: Map<number | string, Node> }

/** Flat rows in the order of the tree, the total last. Percentages are of the total, with two digits. */
export function addUp(entries: readonly Timed[], wanted: readonly Group[]): WireObject[] {
  const root: Node = { title: '', seconds: 0, inner: new Map() }
  for (const entry of entries) {
    let node = root
    root.seconds += entry.seconds
    for (const group of wanted) {
      const { id, title } = entry.in[group]
      const inner = node.inner.get(id) ?? { title, seconds: 0, inner: new Map() }
      node.inner.set(id, inner)
      inner.seconds += entry.seconds
      node = inner
    }
  }
  const rows: WireObject[] = []
  const walk = (node: Node, level: number): void => {
    const group = wanted[level]
    if (group === undefined) return
    for (const [id, inner] of node.inner) {
      const pct = percentage(inner.seconds, root.seconds)
      rows.push({ type: types[group], id, title: inner.title, time: inner.seconds, pct, level: level + 1 })
      walk(inner, level + 1)
    }
  }
  walk(root, 0)
  rows.push({ type: 'total', id: 0, title: 'Total', time: root.seconds, pct: percentage(1, 1), level: 0 })
  return rows
}

function percentage(part: number, whole: number) {
  if (whole === 0) return { exact: '0' }
  const value = divideDecimals(
    String(part * 100) as Decimal,
    String(whole) as Decimal,
    2,
    'half-away-from-zero',
  )
  return { exact: trimDecimal(value) }
}
