// Clients, contacts, projects, task lists, tasks, users and the company at the Paymo door.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { type Caller, callBook, type Reply, readable } from '../../../test/door-client.ts'
import { createTestBook, forEachEngine, password, type TestBook } from '../../../test/harness.ts'
import { absentResources } from './absent.ts'
import { ourPattern, theirFormat } from './company.ts'

type Thing = Readonly<Record<string, unknown>> & { readonly id: number }

const json = (value: unknown) => ({ bytes: JSON.stringify(value), type: 'application/json' })

function listed(reply: Reply): Thing[] {
  assert.ok(reply.status < 300, reply.text)
  return Object.values(reply.json<Record<string, Thing[]>>())[0] ?? []
}

const one = (reply: Reply): Thing => listed(reply)[0] as Thing

forEachEngine('The neighbours of expenses at the Paymo door', (engine) => {
  let book: TestBook
  let owner: Caller
  let member: Caller
  before(async () => {
    book = await createTestBook(engine)
    const door = callBook(book, '/paymo/api', [readable])
    owner = door.as('owner@a.example', password)
    member = door.as('member@a.example', password)
  })

  const add = async (path: string, body: object) => one(await owner.post(path, json(body)))
  const put = async (path: string, body: object) => one(await owner.send('PUT', path, json(body)))
  const ids = async (path: string) => listed(await owner.get(path)).map(({ id }) => id)

  describe('Clients', () => {
    test('keep all they are told, with empty texts for the rest', async () => {
      const told = {
        name: 'Acme',
        address: '1 Main St',
        city: 'Reno',
        state: 'NV',
        postal_code: '89501',
        country: 'US',
        phone: '1',
        fax: '2',
        email: 'a@acme.example',
        website: 'https://acme.example',
        fiscal_information: 'NL1',
        due_interval: 30,
      }
      const client = await add('/clients', told)
      assert.deepEqual({ ...client, ...told }, client)
      const bare = await add('/clients', { name: 'Bare' })
      assert.deepEqual([bare.address, bare.fax, bare.active, bare.due_interval], ['', '', true, null])
      assert.ok(!('image' in bare))
      assert.equal((await put(`/clients/${client.id}`, { fax: '', due_interval: null })).fax, '')
    })

    test('are archived and found by it', async () => {
      const { id } = await add('/clients', { name: 'Gone "Inc"' })
      assert.equal((await put(`/clients/${id}`, { active: false })).active, false)
      assert.ok(!(await ids('/clients?where=active=true')).includes(id))
      assert.deepEqual(await ids('/clients?where=active=false'), [id])
      assert.deepEqual(await ids('/clients?where=name="Gone "Inc""'), [id])
      assert.deepEqual(await ids('/clients?where=name like "gone%25"'), [id])
      assert.deepEqual(await ids('/clients?where=name like one'), [id])
    })

    test('need a name', () =>
      book.unchanged(async () => {
        assert.equal((await owner.post('/clients', json({}))).status, 400)
        assert.equal((await owner.post('/clients', json({ name: '  ' }))).status, 400)
      }))

    test('take all that belongs to them along, unless it was invoiced', async () => {
      const client = await add('/clients', { name: 'Short' })
      const contact = await add('/clientcontacts', { client_id: client.id, name: 'Ann Lee' })
      const project = await add('/projects', { name: 'p', client_id: client.id })
      const task = await add('/tasks', { name: 't', project_id: project.id })
      const entry = await add('/entries', {
        task_id: task.id,
        date: '2026-05-01',
        duration: 60,
        billed: true,
      })
      const expense = await add('/expenses', { client_id: client.id, amount: 1, currency: 'EUR' })
      const invoice = await add('/invoices', { client_id: client.id, currency: 'EUR' })
      await book.unchanged(async () =>
        assert.equal((await owner.send('DELETE', `/clients/${client.id}`)).status, 400),
      )
      await owner.send('DELETE', `/invoices/${invoice.id}`)
      assert.equal((await owner.send('DELETE', `/clients/${client.id}`)).text, '{}')
      for (const path of [
        `clients/${client.id}`,
        `clientcontacts/${contact.id}`,
        `projects/${project.id}`,
        `tasks/${task.id}`,
        `entries/${entry.id}`,
        `expenses/${expense.id}`,
        `tasklists/${task.tasklist_id}`,
      ]) {
        assert.equal((await owner.get(`/${path}`)).status, 404, path)
      }
    })

    test('show their projects with tasks and time, trimmed by conditions on these', async () => {
      const client = await add('/clients', { name: 'Deep' })
      const project = await add('/projects', { name: 'p', client_id: client.id })
      await add('/projects', { name: 'shut', client_id: client.id, active: false })
      const task = await add('/tasks', { name: 'open', project_id: project.id })
      await add('/tasks', { name: 'done', project_id: project.id, complete: true })
      await add('/entries', { task_id: task.id, date: '2026-05-01', duration: 60 })
      const path = `/clients/${client.id}?include=name,projects.name,projects.tasklists.tasks.name,projects.tasks.entries.duration`
      const where = 'projects.active=true and projects.tasklists.tasks.complete=false'
      const whole = one(await owner.get(`${path}&where=${where}`))
      const [shown, ...others] = whole.projects as { name: string; tasklists: Thing[]; tasks: Thing[] }[]
      assert.deepEqual([whole.name, shown?.name, others.length], ['Deep', 'p', 0])
      assert.deepEqual(
        ((shown?.tasklists[0]?.tasks ?? []) as Thing[]).map(({ name }) => name),
        ['open'],
      )
      assert.deepEqual(
        shown?.tasks.map(({ entries }) => entries),
        [[{ duration: 60 }], []],
      )
    })
  })

  test('Contacts have one name, and say who is the main one', async () => {
    const client = await add('/clients', { name: 'Talks' })
    const told = {
      client_id: client.id,
      email: 'a@x.example',
      mobile: '1',
      notes: 'n',
      position: 'CEO',
      is_main: true,
    }
    const contact = await add('/clientcontacts', { ...told, name: 'Ann Mary Lee', skype: 'ann' })
    assert.deepEqual({ ...contact, ...told, name: 'Ann Mary Lee', skype: 'ann', access: false }, contact)
    assert.equal((await put(`/clientcontacts/${contact.id}`, { name: 'Cher' })).name, 'Cher')
    assert.deepEqual(await ids(`/clientcontacts?where=client_id=${client.id} and is_main=true`), [contact.id])
    const shown = one(await owner.get(`/clients/${client.id}?include=id,clientcontacts.name`))
    assert.deepEqual(shown.clientcontacts, [{ name: 'Cher' }])
    assert.equal((await owner.post('/clientcontacts', json({ name: 'x' }))).status, 400)
    assert.equal((await owner.post('/clientcontacts', json({ client_id: 999_999, name: 'x' }))).status, 400)
  })

  describe('Projects', () => {
    test('keep all they are told; users and managers are replaced as wholes', async () => {
      const client = await add('/clients', { name: 'P' })
      const people = [book.actorOf('member').personId, book.actorOf('manager').personId]
      const told = {
        name: 'Site',
        code: 'WEB',
        description: 'd',
        client_id: client.id,
        color: '#68BE5E',
        users: people,
        managers: [people[1]],
        billable: true,
        price_per_hour: 99.5,
        budget_hours: 12.5,
        flat_billing: true,
        price: 1500,
      }
      const project = await add('/projects', told)
      assert.deepEqual({ ...project, ...told }, project)
      assert.deepEqual((await put(`/projects/${project.id}`, { users: [people[0]] })).users, [people[0]])
      assert.deepEqual(await ids(`/projects?where=users in (${people[0]}) and code=web`), [project.id])
      assert.deepEqual(await ids(`/projects?where=manager=${people[1]}`), [project.id])
      assert.deepEqual(await ids('/projects?where=budget_hours=12.5'), [project.id])
      assert.ok(!(await ids('/projects?where=users=anyone')).includes(project.id))
      const me = one(await callBook(book, '/paymo/api').as('member@a.example', password).get('/me'))
      assert.deepEqual(me.assigned_projects, [project.id])
    })

    test('without a client get the sample one, always the same', async () => {
      const first = await add('/projects', { name: 'a' })
      const second = await add('/projects', { name: 'b' })
      assert.equal(first.client_id, second.client_id)
      assert.equal(one(await owner.get(`/clients/${first.client_id}`)).name, 'Sample Client')
    })

    test('are created by the published form, without a file', async () => {
      const { upload } = await import('../../../test/door-client.ts')
      const reply = await owner.post('/projects', upload({ name: 'name', value: 'From PHP' }))
      assert.deepEqual([reply.status, one(reply).name], [201, 'From PHP'])
    })
  })

  describe('Tasks', () => {
    test('go to a list, or to the default one of their project', async () => {
      const project = await add('/projects', { name: 'T', code: 'PW' })
      const list = await add('/tasklists', { name: 'Mine', project_id: project.id })
      const first = await add('/tasks', { name: 'a', tasklist_id: list.id })
      const second = await add('/tasks', { name: 'b', project_id: project.id })
      const third = await add('/tasks', { name: 'c', project_id: project.id })
      assert.deepEqual(
        [first.project_id, first.tasklist_id, first.code, first.seq],
        [project.id, list.id, 'PW-1', 1],
      )
      assert.deepEqual([second.code, third.tasklist_id, third.seq], ['PW-2', second.tasklist_id, 2])
      assert.equal(one(await owner.get(`/tasklists/${second.tasklist_id}`)).name, 'Default Task List')
      assert.equal(second.user_id, book.actorOf('owner').personId)
      await put(`/tasklists/${second.tasklist_id}`, { tasks_order: [third.id, second.id] })
      assert.deepEqual(await ids(`/tasks?where=tasklist_id=${second.tasklist_id}&order=seq`), [
        third.id,
        second.id,
      ])
      const moved = await put(`/tasks/${third.id}`, { tasklist_id: list.id, project_id: 999_999 })
      assert.deepEqual([moved.tasklist_id, moved.project_id], [list.id, project.id])
      assert.equal((await owner.post('/tasks', json({ name: 'x' }))).status, 400)
    })

    test('are completed and opened again, and sent back unchanged', async () => {
      const task = await add('/tasks', {
        name: 'a',
        project_id: one(await owner.get('/projects')).id,
        priority: 75,
      })
      const done = await put(`/tasks/${task.id}`, { complete: true })
      assert.deepEqual(
        [done.complete, done.completed_on, done.completed_by],
        [true, '2026-05-20T12:00:00Z', book.actorOf('owner').personId],
      )
      await book.unchanged(async () => assert.deepEqual(await put(`/tasks/${task.id}`, done), done))
      assert.equal((await put(`/tasks/${task.id}`, { complete: 0 })).completed_on, null)
      assert.equal(
        one(await owner.get(`/tasks/${task.id}?include=progress_status`)).progress_status,
        'in_progress',
      )
    })

    test('are the caller’s when they are assigned to them, or to nobody in their projects', async () => {
      const me = book.actorOf('member').personId
      const mine = await add('/projects', { name: 'mine', users: [me] })
      const other = await add('/projects', { name: 'other' })
      const assigned = await add('/tasks', { name: 'a', project_id: mine.id, users: [me] })
      const free = await add('/tasks', {
        name: 'b',
        project_id: mine.id,
        due_date: '2026-11-15T23:00:00.000Z',
      })
      await add('/tasks', { name: 'c', project_id: mine.id, users: [book.actorOf('owner').personId] })
      await add('/tasks', { name: 'd', project_id: other.id })
      const found = listed(await member.get('/tasks?where=mytasks=true')).map(({ id }) => id)
      assert.deepEqual(found, [assigned.id, free.id])
      assert.equal(free.due_date, '2026-11-15')
      const none = `/tasks?where=project_id=${mine.id} and due_date=null and start_date=null and users in ("anyone",${me})`
      assert.deepEqual(await ids(none), [assigned.id])
    })
  })

  describe('Users', () => {
    test('are the members, oneself under `me`', async () => {
      const me = one(await member.get('/me'))
      assert.deepEqual(
        [me.email, me.type, me.active, me.week_start, me.phone, me.is_online, me.timezone],
        ['member@a.example', 'Employee', true, '1', '', false, 'Europe/Amsterdam'],
      )
      assert.equal(me.price_per_hour, null)
      const types = listed(await owner.get('/users?order=id')).map(({ type }) => type)
      assert.deepEqual(types, ['Admin', 'Admin', 'Employee', 'Employee', 'Employee', 'Guest'])
      assert.equal((await ids('/users?where=type=Admin and active=true')).length, 2)
      assert.deepEqual(await ids('/users?where=email like "%25guest%25"'), [book.actorOf('guest').personId])
      assert.equal((await owner.get('/users?where=foo=1')).status, 400)
    })

    test('come, change and go; who went stays known as inactive', async () => {
      const reply = await owner.post(
        '/users',
        json({ email: 'new@a.example', name: 'New', type: 'Guest', phone: '5', price_per_hour: '80.50' }),
      )
      assert.equal(reply.status, 201, reply.text)
      const user = one(reply)
      assert.deepEqual([user.type, user.phone, user.price_per_hour, user.name], ['Guest', '5', 80.5, 'New'])
      const changed = await put(`/users/${user.id}`, {
        type: 'Employee',
        week_start: '0',
        timezone: 'Europe/Paris',
      })
      assert.deepEqual(
        [changed.type, changed.week_start, changed.timezone],
        ['Employee', '0', 'Europe/Paris'],
      )
      await book.unchanged(async () => {
        assert.equal((await owner.post('/users', json({ email: 'new@a.example', name: 'x' }))).status, 400)
        assert.equal((await owner.post('/users', json({ name: 'x' }))).status, 400)
        assert.equal((await put(`/users/${user.id}`, changed)).type, 'Employee')
        assert.equal((await owner.send('PUT', `/users/${user.id}`, json({ type: 'King' }))).status, 400)
        assert.equal((await member.post('/users', json({ email: 'x@a.example', name: 'x' }))).status, 403)
        const self = { type: 'Admin' }
        const path = `/users/${book.actorOf('member').personId}`
        assert.equal((await member.send('PUT', path, json(self))).status, 403)
      })
      assert.equal((await owner.send('DELETE', `/users/${user.id}`)).text, '{}')
      assert.equal(one(await owner.get(`/users/${user.id}`)).active, false)
      assert.ok(!(await ids('/users?where=active=true')).includes(user.id))
    })
  })

  describe('The company', () => {
    test('is one object whose settings are texts', async () => {
      const { company } = (await owner.get('/company')).json<{ company: Record<string, unknown> }>()
      assert.deepEqual(
        [
          company.name,
          company.default_currency,
          company.due_interval,
          company.apply_tax_to_expenses,
          company.current_users,
        ],
        ['A', 'EUR', '14', '1', 6],
      )
      for (const method of ['PUT', 'POST']) {
        const body = { name: `by ${method}`, invoice_format: '#INV-[yyyy][mm][dd]-[i]', due_interval: '30' }
        const reply = await owner.send(method, '/company', json(body))
        const after = reply.json<{ company: Record<string, unknown> }>().company
        assert.deepEqual(
          [reply.status, after.name, after.invoice_format, after.due_interval],
          [200, ...Object.values(body)],
        )
      }
      await book.unchanged(async () => {
        assert.equal((await owner.send('PUT', '/company', json({ invoice_format: 'x' }))).status, 400)
        assert.equal((await owner.send('PUT', '/company', json({ timezone: 'Moon' }))).status, 400)
        assert.equal((await member.send('PUT', '/company', json({ name: 'x' }))).status, 403)
      })
    })

    test('spells patterns of numbers both ways', () => {
      assert.equal(theirFormat('{yyyy}-{nnnn}'), '[yyyy]-[i]')
      for (const format of ['#INV-[yyyy][mm][dd]-[i]', '[i]', 'x[yy][i]']) {
        assert.equal(theirFormat(ourPattern(format)), format)
      }
    })
  })

  describe('What is not kept', () => {
    for (const [name, key] of absentResources) {
      test(`has no ${name}`, () =>
        book.unchanged(async () => {
          assert.equal((await owner.get(`/${name}?where=user_id=5`)).text, `{"${key}":[]}`)
          assert.equal((await owner.get(`/${name}/1`)).status, 404)
          assert.equal((await owner.post(`/${name}`, json({ name: 'x' }))).status, 404)
          assert.equal((await owner.send('DELETE', `/${name}/1`)).status, 404)
        }))
    }
  })
})
