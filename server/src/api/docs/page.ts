// The docs page: every operation with what it takes, what it answers, and an example that a test has executed.

import { exampleAnswers } from '../openapi/document.ts'
import type { Operation } from '../operation.ts'
import { operations } from '../operations/index.ts'
import { titles } from '../problem.ts'
import { conventions } from './conventions.ts'
import { type Html, html, jsonText, worded } from './markup.ts'
import { fieldTable } from './schemas.ts'

let made: string | undefined

/** The page; made at the first call. */
export function docsPage(): string {
  made ??= page().html
  return made
}

function page(): Html {
  const groups = Map.groupBy(operations, ({ group }) => group)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Daybook API</title>
<link rel="stylesheet" href="/api/docs/style.css">
<link rel="icon" href="data:,">
</head>
<body>
<a class="skip" href="#top">To the text</a>
<nav aria-label="Contents">
<p class="brand"><a href="/">Daybook</a> API</p>
<ul><li><a href="#top">How it works</a></li><li><a href="#problems">Problems</a></li></ul>
${[...groups].map(([group, list]) => menu(group, list))}
<p class="small"><a href="/api/v1/openapi.json">OpenAPI 3.1</a></p>
</nav>
<main id="top">
${conventions()}
${problems()}
${[...groups].map(
  ([group, list]) =>
    html`<section class="group" id="${slug(group)}"><h2>${group}</h2>${aboutOf(list)}${list.map(
      section,
    )}</section>`,
)}
</main>
</body>
</html>
`
}

function menu(group: string, list: readonly Operation[]): Html {
  return html`<details><summary><a href="#${slug(group)}">${group}</a></summary><ul>${list.map(
    ({ name, summary }) => html`<li><a href="#${name}">${summary}</a></li>`,
  )}</ul></details>`
}

/** What the first operation of a resource says of it, stands over all of them. */
function aboutOf([first]: readonly Operation[]): Html {
  return first?.name.startsWith('list') && first.about !== undefined && first.path.split('/').length === 2
    ? html`<p class="lead">${worded(first.about)}</p>`
    : html``
}

function section(operation: Operation): Html {
  const { name, method, path, summary, about, body, answer, query } = operation
  const isLead = name.startsWith('list') && path.split('/').length === 2
  return html`<article id="${name}">
<h3>${summary}</h3>
<p class="call"><span class="method ${method.toLowerCase()}">${method}</span> <code>/api/v1${path}</code></p>
${about === undefined || isLead ? html`` : html`<p>${worded(about)}</p>`}
<div class="pair"><div>
${queryTable(query)}
${body === undefined ? html`` : fieldTable(body, 'Body')}
${answer === undefined || method !== 'GET' ? html`` : fieldTable(itemOf(answer), 'Answer')}
</div><div class="samples">
<pre aria-label="Request"><code>${curl(operation)}</code></pre>
${sampleAnswer(operation)}
</div></div>
</article>`
}

function queryTable(query: Operation['query'] = {}): Html {
  const rows = Object.entries(query)
  if (rows.length === 0) return html``
  return html`<table><caption>Query</caption><tbody>${rows.map(
    ([name, { about, required }]) =>
      html`<tr><th scope="row"><code>${name}</code>${
        required ? html`<span class="must">required</span>` : html``
      }</th><td>${worded(about)}</td></tr>`,
  )}</tbody></table>`
}

/** Lists are told by their items. */
function itemOf(schema: NonNullable<Operation['answer']>): NonNullable<Operation['answer']> {
  const { properties } = schema as { properties?: { data?: { items?: Operation['answer'] } } }
  return properties?.data?.items ?? schema
}

function curl({ method, path, example, takesFile, open }: Operation): string {
  const target = path.replaceAll(/\{(\w+)\}/g, (_, name) => String(example.ids?.[name] ?? 1))
  const query = example.query === undefined ? '' : `?${example.query}`
  const lines = [
    `curl${method === 'GET' ? '' : ` -X ${method}`}${open === undefined ? ' -H "Authorization: Bearer $TOKEN"' : ''}`,
    ...(takesFile ? ['-H "X-File-Name: lunch.png"', '--data-binary @lunch.png'] : []),
    ...(example.body === undefined
      ? []
      : ['-H "Content-Type: application/json"', `-d '${jsonText(example.body)}'`]),
    `"$BASE${target}${query}"`,
  ]
  return lines.join(' \\\n  ')
}

function sampleAnswer({ name, status, answerType }: Operation): Html {
  const known = exampleAnswers[name]
  const head = `${status}${status === 201 ? ' Created' : status === 204 ? ' No Content' : ' OK'}`
  const rest = known === undefined ? (answerType === undefined ? '' : '(the file)') : jsonText(known)
  return html`<pre aria-label="Answer"><code><b>${head}</b>
${rest}</code></pre>`
}

const meanings: Readonly<Record<number, string>> = {
  400: 'The request cannot be read: broken JSON, an unknown query parameter, a cursor of another list.',
  401: 'Credentials are missing, wrong or expired.',
  403: 'The role or the scopes of the token do not allow it.',
  404: 'Nothing is there, or nothing that you may know of.',
  405: '`Allow` names what the address takes.',
  409: 'It does not fit what is there: the last owner, a key in flight, a currency in use.',
  412: 'Somebody else has changed it since you read it.',
  413: 'A body or file is too large.',
  415: 'The body is no JSON in UTF-8.',
  422: 'What was sent is understood and wrong; `errors` names each place.',
  423: 'It is closed: a submitted report, a billed entry, a sent invoice.',
  429: 'Too many requests, or wrong passwords. `Retry-After` tells when to come back.',
  500: 'A mistake of ours. The log has it under the request.',
  503: 'The book cannot be reached. `Retry-After` tells when to come back.',
}

function problems(): Html {
  return html`<section id="problems"><h2>Problems</h2>
<p>Every refusal is <code>application/problem+json</code>. Programs go by <code>status</code> and <code>code</code>; <code>detail</code> is for people; <code>errors</code> names each wrong place by a JSON pointer.</p>
<dl class="problems">${Object.entries(titles).map(
    ([status, title]) =>
      html`<div id="problem-${status}"><dt><b>${status}</b> ${title}</dt><dd>${worded(
        meanings[Number(status)] ?? '',
      )}</dd></div>`,
  )}</dl></section>`
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z]+/g, '-')
}
