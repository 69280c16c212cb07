// scratch
import { test, before } from 'node:test'
import { forEachEngine, createTestBook, password, type TestBook } from '../../../test/harness.ts'
import { appOver, callDoor, upload, readable, listen, exchange } from '../../../test/door-client.ts'
forEachEngine('x', (engine) => {
  let book: TestBook
  before(async () => { book = await createTestBook(engine) })
  test('t', async () => {
    const app = appOver({ core: book.core, clock: () => book.clock.now })
    const nobody = callDoor(app, '/xpenser', [])
    const c = nobody.as('owner@a.example', password)
    const show = async (p: Promise<any>, n = '') => { try { const r = await p; console.log(engine.kind, n, r.status, r.headers['content-type'], r.text.slice(0, 300)) } catch (e) { console.log(engine.kind, n, 'ERR', String(e).slice(0, 200)) } }
    await show(c.post('/api/v1.0/expense/', { q: 'lunch 12.50 #a #b' }), 'create')
    for (const p of ['type=%00', 'notes=%00', 'tags=%00', 'type=%ED%A0%80', 'type=%FF', 'notes=%25', 'notes=_', 'amount=1e400', 'amount=99999999999999999999999999&amount_op=gt', 'date=0001-01-01', 'date=9999-12-31&date_op=gt', 'created=0001-01-01&created_op=lt', 'created=9999-12-31 23:59:59&created_op=gt', 'modified=9999-12-31', 'format=foo', 'report=0', 'report=9007199254740993', 'report=%00','tags='+'x'.repeat(5000),'status=%00'])
      await show(c.get('/api/v1.0/expenses/?' + p), p)
    await show(c.get('/api/v1.0/expenses/?' + 'tags=a&'.repeat(10000)), '10000')
    for (const p of ['/api/v1.0/%20expenses/', '/api/v1.0//expenses', '/api/v1.0/expense/%00', '/api/v1.0/expense/%zz', '/api/v1.0/expense/%ED%A0%80', '/api/v1.0/expense/' + 'a'.repeat(300), '/api/v1.0/expense/1;a', '/api/v1.0/expense/1/', '/api/v1.0/nothing', '/api/v1.0/Expenses', '/', '', '/api/simple?q=x'])
      await show(c.get(p), p)
    for (const m of ['HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY', 'GET', 'PUT', 'DELETE'])
      await show(c.send(m, '/api/v1.0/expense/'), m)
    for (const [n, b] of Object.entries({ none: { bytes: '', type: undefined }, noneQ: { bytes: 'q=lunch 3', type: undefined }, badtype: { bytes: 'q=lunch 3', type: 'foo' }, emptytype: { bytes: 'q=lunch 3', type: '' }, plain: { bytes: 'q=lunch+3+#a', type: 'text/plain' }, json: { bytes: '{"q":"lunch 5"}', type: 'application/json' }, deep: { bytes: '['.repeat(1e5) + ']'.repeat(1e5), type: 'application/json' }, deeptags: { bytes: '{"q":"lunch 5","tags":' + '['.repeat(1e5) + ']'.repeat(1e5) + '}', type: 'application/json' }, deep2: { bytes: '{"a":'.repeat(1e5) + '1' + '}'.repeat(1e5), type: 'application/json' }, proto: { bytes: '{"q":"lunch 5","__proto__":{"a":1},"constructor":"x"}', type: 'application/json' }, tagsobj: { bytes: '{"type":"a","amount":4,"tags":[{"a":1}]}', type: 'application/json' }, surr: { bytes: '{"type":"a","amount":4,"notes":"\\ud800"}', type: 'application/json' }, nul: { bytes: '{"type":"a","amount":4,"notes":"\\u0000"}', type: 'application/json' }, nulq: { bytes: 'q=lunch+4+%00', type: 'a/b' }, num: { bytes: '{"type":"a","amount":1e400}', type: 'application/json' }, num2: { bytes: '{"type":"a","amount":-0}', type: 'application/json' }, num3: { bytes: '{"type":"a","amount":34.50}', type: 'application/json' }, nan: { bytes: '{"type":"a","amount":NaN}', type: 'application/json' }, arr: { bytes: '[]', type: 'application/json' }, mp: { bytes: '', type: 'multipart/form-data' }, mp2: { bytes: 'xx', type: 'multipart/form-data; boundary=a' }, mp3: { bytes: '--a\r\nContent-Disposition: form-data; name="q"\r\n\r\nlunch 3\r\n--a', type: 'multipart/form-data; boundary=a' }, mpok: upload({ name: 'q', value: 'lunch 7' }), mpemptyfile: upload({ name: 'q', value: 'lunch 7' }, { name: 'image', value: '', fileName: '' }), mpcharset: { bytes: '--a\r\nContent-Disposition: form-data; name="q"\r\nContent-Type: text/plain; charset=foo\r\n\r\nlunch 3\r\n--a--\r\n', type: 'multipart/form-data; boundary=a' }, mpbad: { bytes: Buffer.from('--a\r\nContent-Disposition: form-data; name="q"\r\n\r\nlunch 3 \xff\xfe\r\n--a--\r\n', 'latin1'), type: 'multipart/form-data; boundary=a' }, big: { bytes: 'q=' + 'x'.repeat(3e6), type: 'text/plain' } }))
      await show(c.send('POST', '/api/v1.0/expense/', b as any), n)
    for (const [n, f] of Object.entries({ q1: 'q=lunch+0.001', q2: 'q=lunch+99999999999999999999', q3: 'q=lunch+%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9+3', t1: 'type=a&amount=1.234', t2: 'type=&amount=1', t3: 'amount=1', t4: 'type=a', t5: 'type=a&amount=NaN', t6: 'type=a&amount=$1,299.00', t7: 'type=a&amount=-0', t8: 'type=a&amount=1e5', t9: 'type=' + 'x'.repeat(101) + '&amount=3', t10: 'type=a&amount=3&tags=' + 'x'.repeat(51), t11: 'type=a&amount=3&notes=' + 'x'.repeat(1e6), t12: 'type=a&amount=3&date=2009-13-01', t13: 'type=a&amount=3&date=0001-01-01', t14: 'type=a&amount=3&date=9999-12-31 23:59:59', t15: 'type=a&amount=3&report=x', t16: 'type=a&amount=3&tags=%00', t17: 'type=a&amount=3&rawamount=0', t18: 'type=a&amount=0&rawamount=3', t19: 'type=a&amount=3&rawamount=7',t20:'type=a&rawamount=7&amount=7.00' }))
      await show(c.post('/api/v1.0/expense/', f), n)
    await show(c.post('/api/v1.0/expense/1', { tags: '', amount: '' }), 'u')
    await show(c.get('/api/v1.0/user/?format=xml'), 'user')
    await show(nobody.get('/static/xpenser/media/Receipts/14/%2e%2e'), 'media')
    await show(nobody.get('/static/xpenser/media/Receipts/'), 'media')
    await show(nobody.send('POST', '/static/xpenser/media/Receipts/14/x.jpg'), 'media')
    const token = await book.core.signIn.issueToken(book.actorOf('owner'), { name: 't', scopes: ['time:read'] })
    const t = nobody.as('owner@a.example', token.secret)
    for (const p of ['/api/expenses/', '/api/v1.0/expenses/', '/api/v1.0/user/', '/api/v1.0/tags/', '/api/v1.0/types/', '/api/v1.0/reports/', '/api/v1.0/expense/1'])
      await show(t.get(p), p)
    const port = await listen(app)
    for (const u of ['/xpenser/api/v1.0/expense/%zz', '/xpenser/api/v1.0/ expenses/', '/xpenser/static/xpenser/media/Receipts/14/%2e%2e/%2e%2e/x', '/xpenser/static/xpenser/media/Receipts/../../x', '/xpenser/api/v1.0/expenses/?' + 'tags=a&'.repeat(10000), '/xpenser/api/v1.0/expense/' + 'a'.repeat(300), '/xpenser/api/v1.0/expense/%ff'])
      console.log(engine.kind, u.slice(0, 60), (await exchange(port, `GET ${u} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)).slice(0, 400).replace(/\r\n/g, '|'))
    await app.close()
  })
})
