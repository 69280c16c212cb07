// Rendered fragments: found under both revisions only, never lost when room is made.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFragments } from './fragments.ts'

type Thing = { readonly id: number; readonly revision: number; readonly name: string }

function book(...things: Thing[]) {
  const byId = new Map(things.map((thing) => [thing.id, thing]))
  const loaded: number[][] = []
  return {
    loaded,
    set: (thing: Thing) => byId.set(thing.id, thing),
    drop: (id: number) => byId.delete(id),
    stamps: () => [...byId.values()].map(({ id, revision }) => ({ id, revision })),
    load: async (ids: number[]) => {
      loaded.push(ids)
      return ids.flatMap((id) => byId.get(id) ?? [])
    },
  }
}

const present = (thing: Thing) => thing.name

test('What was rendered once is not loaded again.', async () => {
  const view = createFragments(1e6).view<Thing>()
  const things = book({ id: 1, revision: 1, name: 'a' }, { id: 2, revision: 1, name: 'b' })
  assert.deepEqual(await view.render(things.stamps(), 1, things.load, present), ['a', 'b'])
  assert.deepEqual(await view.render(things.stamps(), 1, things.load, present), ['a', 'b'])
  assert.deepEqual(things.loaded, [[1, 2]])
})

test('A new revision, or a new references revision, is loaded anew.', async () => {
  const view = createFragments(1e6).view<Thing>()
  const things = book({ id: 1, revision: 1, name: 'a' }, { id: 2, revision: 1, name: 'b' })
  await view.render(things.stamps(), 1, things.load, present)
  things.set({ id: 2, revision: 2, name: 'B' })
  assert.deepEqual(await view.render(things.stamps(), 1, things.load, present), ['a', 'B'])
  assert.deepEqual(await view.render(things.stamps(), 2, things.load, present), ['a', 'B'])
  assert.deepEqual(things.loaded, [[1, 2], [2], [1, 2]])
})

test('An item that changes between stamp and load is shown as loaded and kept under what it was loaded as.', async () => {
  const view = createFragments(1e6).view<Thing>()
  const things = book({ id: 1, revision: 1, name: 'a' })
  const stamps = things.stamps()
  things.set({ id: 1, revision: 2, name: 'A' })
  assert.deepEqual(await view.render(stamps, 1, things.load, present), ['A'])
  assert.deepEqual(await view.render(things.stamps(), 1, things.load, present), ['A'])
  assert.equal(things.loaded.length, 1)
})

test('An item that vanishes between stamp and load is left out.', async () => {
  const view = createFragments(1e6).view<Thing>()
  const things = book({ id: 1, revision: 1, name: 'a' }, { id: 2, revision: 1, name: 'b' })
  const stamps = things.stamps()
  things.drop(1)
  assert.deepEqual(await view.render(stamps, 1, things.load, present), ['b'])
})

test('Making room loses nothing of the answer under way, and the order stays.', async () => {
  const view = createFragments(1000).view<Thing>()
  const things = book(
    ...Array.from({ length: 40 }, (_, i) => ({ id: i + 1, revision: 1, name: `thing ${i + 1}` })),
  )
  const all = things.stamps()
  const names = all.map(({ id }) => `thing ${id}`)
  await view.render(all.slice(0, 4), 1, things.load, present)
  for (let round = 0; round < 3; round += 1) {
    assert.deepEqual(await view.render(all, 1, things.load, present), names)
  }
})

test('Two views of the same thing do not mix.', async () => {
  const fragments = createFragments(1e6)
  const [json, xml] = [fragments.view<Thing>(), fragments.view<Thing>()]
  const things = book({ id: 1, revision: 1, name: 'a' })
  assert.deepEqual(await json.render(things.stamps(), 1, things.load, (thing) => `"${thing.name}"`), ['"a"'])
  assert.deepEqual(await xml.render(things.stamps(), 1, things.load, (thing) => `<${thing.name}/>`), ['<a/>'])
})
