// What holds for every operation, told once at the top of the docs page.

import { type Html, html } from './markup.ts'

/** The opening of the page. */
export function conventions(): Html {
  return html`<h1>The Daybook API</h1>
<p class="lead">Everything the book can do, for programs and for its own web app. JSON over HTTP, one shape for everything.</p>
<pre><code>BASE=http://127.0.0.1:4000/api/v1

curl -u you@example.com:password "$BASE/time-entries?limit=2&amp;with=project"</code></pre>
<section id="credentials"><h2>Credentials</h2>
<p>A token as <code>Authorization: Bearer …</code>, made below or with <code>bin/daybook token add</code>; or name and password as HTTP Basic. Browsers sign in at <code>POST /session</code> and get a cookie that scripts cannot read; with it, writes need the header <code>X-Requested-With</code>, or come from our own pages, so that no other site can write in your name.</p></section>
<section id="values"><h2>Values</h2>
<ul>
<li>Money is <code>{"amount": "34.50", "currency": "EUR"}</code>: an exact decimal text, digits as typed, never a JSON number.</li>
<li>Instants are RFC 3339 in UTC, any offset is read. Days are <code>YYYY-MM-DD</code>. An expense has the wall-clock time of its receipt and a time zone beside it.</li>
<li>Ids are whole numbers. What an id points to comes along with <code>with=client,project</code>.</li>
<li>Fields and parameters that are not known here are refused by name. So are those that nobody sets, such as <code>id</code> or <code>billed</code>.</li>
</ul></section>
<section id="lists"><h2>Lists</h2>
<p><code>{"object": "list", "data": […], "has_more": true, "next_cursor": "…"}</code>. Send <code>cursor=</code> the last <code>next_cursor</code> for the next page; <code>limit</code> is 50 by default and 200 at most. <code>sort=-spent_at</code> sorts downwards. Bounds such as <code>spent_at_from</code> and <code>spent_at_to</code> are both inclusive. Deleted things show with <code>deleted=with</code> or <code>deleted=only</code>. <code>total=true</code> counts all pages.</p></section>
<section id="writes"><h2>Writes</h2>
<p>An answer to a write leaves after it is on disk. With an <code>Idempotency-Key</code> a write takes effect once: the same request gets the first answer again, also after a crash. <code>If-Match</code> with the <code>ETag</code> you read refuses to overwrite what somebody else has changed. <code>/bulk</code> writes up to 1,000 things, all or none.</p></section>
<section id="limits"><h2>Limits</h2>
<p><code>RateLimit-Limit</code>, <code>RateLimit-Remaining</code> and <code>RateLimit-Reset</code> stand on every answer. A body has at most 2 MB, a file 20 MB.</p></section>`
}
