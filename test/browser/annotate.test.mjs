// A page with its annotations, stories, quotations, search, and review: what is marked is what the record says.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { chancery, launch, open, scratch, serve, STORES, TOKEN } from './harness.mjs';

let browser, server, dir;

// A report, three copies of it that were altered, and a page whose words want care: signs beyond the first plane, tags as text.
const told = [
	'PRAGUE -- The foreign ministers of France and Poland opened talks in Prague on Monday on a treaty that would settle the navigation of the upper Elbe, officials said.',
	'French Foreign Minister Maurice Schumann arrived in the city on Sunday evening with a delegation of 12 and met Polish Foreign Minister Stefan Olszowski over dinner at the castle.',
	'"We have come to finish what others began forty years ago, and we shall not leave without a text," Mr. Schumann told reporters after the first session.',
	'The draft has 31 articles, of which 9 are still in dispute, among them the tolls that barges of third states would pay.',
	'A second round is planned for 14 May 1972 in Warsaw, where the two ministers are expected to sign the treaty.',
];
const html = (outlet, day, title, paragraphs) =>
	`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><meta property="og:site_name" content="${outlet}">` +
	`<meta property="article:published_time" content="${day}T08:00:00Z"></head><body><nav><a href="/">Home</a> <a href="/w">World</a></nav>` +
	`<article><h1>${title}</h1>${paragraphs.map((p) => `<p>${p}</p>`).join('\r\n')}</article><footer>All rights reserved.</footer></body></html>`;

before(async () => {
	const pages = join((dir = scratch()), 'pages');
	mkdirSync(pages);
	const reworded = told.map((p, i) => (i === 2 ? p.replace('forty years ago', 'a generation ago') : i === 3 ? p.replace('9 are', '11 are') : p));
	writeFileSync(join(pages, 'a.html'), html('Central Wire', '1972-04-17', 'Ministers open talks on the Elbe', told));
	writeFileSync(join(pages, 'b.html'), html('The Gazette', '1972-04-18', 'Elbe: ministers meet in Prague', reworded));
	writeFileSync(join(pages, 'c.html'), html('The Harbour News', '1972-04-20', 'River talks go on', [...told, 'Barge owners in Hamburg said that they would wait for the text.']));
	writeFileSync(
		join(pages, 'd.html'),
		html('The Record', '1972-04-21', 'A minister with a pennant', [
			'The pennant bore \u{1f38f} and \u{1d53e} &lt;b&gt;bold&lt;/b&gt;, and French Foreign Minister Maurice Schumann visited Warsaw on 20 April 1972 before the ceremony began.',
			'&ldquo;Rivers \u{1f38f} part fields, and treaties join them again,&rdquo; President Georges Pompidou said at the palace on the same day.',
		]),
	);
	const store = join(dir, 'store.db');
	copyFileSync(join(STORES, 'demo.db'), store);
	await chancery(['add', '--quiet', '--store', store, pages], [0, 1]);
	server = await serve(store);
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

const pageOf = async (path) => (await server.all('/api/v1/pages')).find((p) => p.path.endsWith(path));

test('every record of every page has its highlight where the record says it stands', async () => {
	const page = await open(browser, server);
	let seen = 0;

	for (const { id } of await server.all('/api/v1/pages')) {
		const wanted = await server.json(`/api/v1/pages/${id}`);
		await page.see(`/page/${id}`);
		// How far into its sentence each highlight begins, and what it covers, as the browser has them.
		const shown = await page.evaluate(() =>
			[...document.querySelectorAll('.sentence a.run[data-record]')].map((a) => {
				const range = document.createRange();
				const sentence = a.closest('.sentence');
				range.setStart(sentence, 0);
				range.setEndBefore(a);
				return { record: a.dataset.record, sentence: Number(sentence.id.slice(1)), start: range.toString().length, text: a.textContent };
			}),
		);
		for (const s of wanted.sentences) assert.equal((await page.locator(`#s${s.number}`).textContent()).trim(), s.text.trim(), 'page text is shown as it is');
		for (const a of wanted.annotations) {
			const text = wanted.sentences.find((s) => s.number === a.sentence).text;
			assert.equal(text.slice(a.start, a.end), a.text);
		}
		for (const x of shown) {
			const of = wanted.annotations.filter((a) => a.record === x.record && a.sentence === x.sentence);
			assert.ok(of.some((a) => a.start === x.start && a.text.startsWith(x.text)), `${id}: ${JSON.stringify(x)}`);
			seen++;
		}
	}
	assert.ok(seen > 100, `${seen} highlights`);
	page.fine();
	await page.done();
});

test('the URL of a record marks its sentence and tells why; so do the ids of its report and of the version that registers show', async () => {
	const page = await open(browser, server);
	const { id } = await pageOf('/d.html');
	const wanted = await server.json(`/api/v1/pages/${id}`);
	const visit = wanted.events.find((e) => e.mode === 'visit');
	const report = visit.reports.find((r) => r.page.id === id);

	for (const record of [visit.id, report.id]) {
		await page.see(`/page/${id}?record=${record}`);
		assert.equal(await page.locator('.sentence.chosen .run.main').first().textContent(), 'visited');
		assert.equal(await page.locator('.sentence.chosen').getAttribute('aria-current'), 'true');
		assert.match(await page.locator('.why').innerText(), new RegExp(report.frame.replace('.', '\\.')));
		assert.match(await page.locator('.why').innerText(), /Maurice Schumann/);
	}
	await page.see(`/page/${id}?record=${'0'.repeat(32)}`);
	assert.match(await page.locator('.why').innerText(), /tells nothing of the record/);
	page.fine(/404/);
	await page.done();
});

test('by keyboard: from highlight to highlight, each with its reason; kinds are switched off in the URL', async () => {
	const page = await open(browser, server);
	const { id } = await pageOf('/a.html');

	await page.see(`/page/${id}`);
	const first = page.locator('.sentence a.run[data-record]').first();
	await first.focus();
	await page.locator('.why .grounds').waitFor();
	await page.keyboard.press('Enter');
	await page.waitForURL(/record=/);
	await page.settled();
	assert.equal(await page.locator('.of-page a[aria-current]').count(), 1);
	await page.locator('.of-page a').nth(1).focus();
	await page.locator('.of-page li.on').nth(0).waitFor();
	assert.ok(await page.locator('.piece.k-events').count());
	await page.getByLabel(/^Events/).click();
	await page.waitForURL(/hide=events/);
	assert.equal(await page.locator('.sentence .piece.k-events').count(), 0);
	assert.ok(await page.locator('.sentence .piece.k-quotes').count());
	page.fine();
	await page.done();
});

test('what was left out stands in its place, with the reason', async () => {
	const page = await open(browser, server);
	const { id } = await pageOf('/a.html');
	const { blocks } = await server.json(`/api/v1/pages/${id}`);
	const refused = blocks.filter((b) => b.kind === 'rejected');

	await page.see(`/page/${id}`);
	assert.equal(await page.locator('.refused li').count(), refused.length);
	assert.ok(refused.length > 1);
	for (const b of refused) assert.ok((await page.locator('.refused').allTextContents()).join(' ').includes(b.reason));
	page.fine();
	await page.done();
});

test('the bytes of a page are text to be saved, never a page', async () => {
	const { id } = await pageOf('/d.html');
	const answer = await fetch(`${server.url}/api/v1/pages/${id}/raw`);

	assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8');
	assert.match(answer.headers.get('content-disposition'), /^attachment/);
	assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
	assert.match(await answer.text(), /^<!DOCTYPE html>/);
});

test('a story: who took it from whom, and word by word what was altered', async () => {
	const page = await open(browser, server);

	await page.see('/stories');
	await page.getByRole('link', { name: 'Ministers open talks on the Elbe' }).click();
	await page.waitForURL(/\/story\//);
	await page.settled();
	assert.equal(await page.locator('.chain .chain > li').count(), 2, 'two copies under the first');
	const copy = page.locator('.chain .chain > li', { hasText: 'The Gazette' });
	await copy.getByText('Word by word').click();
	await copy.locator('.altered').waitFor();
	assert.deepEqual((await copy.locator('.altered del').allTextContents()).map((x) => x.trim()), ['forty years', '9']);
	assert.deepEqual((await copy.locator('.altered ins').allTextContents()).map((x) => x.trim()), ['a generation', '11']);
	page.fine();
	await page.done();
});

test('a quotation: its wordings against the first', async () => {
	const page = await open(browser, server);
	const [quote] = (await server.json('/api/v1/quotes?who=Maurice%20Schumann&variants=1')).records;

	await page.see(`/quote/${quote.id}`);
	assert.equal(await page.locator('.tellings > li').count(), 3);
	assert.deepEqual(await page.locator('.tellings del').allTextContents(), ['forty years']);
	assert.deepEqual(await page.locator('.tellings ins').allTextContents(), ['a generation']);
	page.fine();
	await page.done();
});

test('search: words marked whatever their case and accents, within an outlet, and on to the next ones', async () => {
	const page = await open(browser, server);

	await page.see('/search?words=elysee');
	assert.ok((await page.locator('.hits mark').allTextContents()).includes('Élysée'));
	await page.see('/search?words=treat*&outlet=The+Gazette');
	const hits = await page.locator('.hits > li').count();
	assert.ok(hits > 0);
	assert.equal(await page.locator('.hits .source', { hasText: 'The Gazette' }).count(), hits);
	await page.see('/search?words=elbe&until=1972-04-16');
	assert.match(await page.locator('main').innerText(), /No sentence has all these words/);
	await page.see('/search?words=the');
	await page.locator('a[rel=next]').click();
	await page.waitForURL(/after=25/);
	await page.settled();
	assert.equal(await page.locator('.hits').getAttribute('start'), '26');
	await page.locator('.hits > li a').first().click();
	await page.waitForURL(/\/page\/.*#s\d+/);
	await page.settled();
	assert.equal(await page.locator('.sentence.chosen').count(), 1);
	page.fine();
	await page.done();
});

test('review: a token, then decisions by keyboard; the token is in no URL and kept by the tab alone', async (t) => {
	const store = join(dir, 'review.db');
	copyFileSync(join(STORES, 'demo.db'), store);
	const writing = await serve(store, { token: TOKEN });
	t.after(() => writing.stop());
	const page = await open(browser, writing);
	const decisions = async () => (await writing.json('/api/v1/decisions')).records;
	const enter = async (token) => {
		await page.getByLabel('Token of this server').fill(token);
		await page.getByLabel(/^Your name/).fill('desk');
		await page.getByRole('button', { name: 'Begin' }).click();
		await page.getByRole('group', { name: 'Decide' }).waitFor();
	};
	// Presses the key, once the reason is given, and waits for what the server says.
	const decide = async (key, reason) => {
		await page.getByLabel('Reason').fill(reason);
		await page.keyboard.press('Enter');
		const answer = page.waitForResponse((r) => r.url().endsWith('/decisions') && r.request().method() === 'POST');
		await page.keyboard.press(key);
		const status = (await answer).status();
		await page.settled();
		return status;
	};
	const heading = () => page.locator('.in-hand h2').innerText();

	await page.see('/review');
	await enter('not-the-token-of-this-server');
	assert.equal(await decide('a', 'seen'), 401);
	assert.match(await page.getByRole('alert').innerText(), /does not know this token/);
	await enter(TOKEN);
	await page.settled();
	// Without a reason nothing is decided.
	await page.locator('body').press('a');
	assert.match(await page.getByRole('alert').innerText(), /wants a reason/);
	assert.deepEqual(await decisions(), []);
	await page.getByLabel('Reason').press('Escape');

	const first = await heading();
	const sentence = await page.locator('.in-hand .context').innerText();
	assert.ok(sentence.length > 20 && (await page.locator('.in-hand .context .run.main').count()) > 0, 'the sentence, with its trigger');
	assert.equal(await decide('r', 'a rumour'), 200);
	assert.notEqual(await heading(), first);
	assert.equal((await decisions())[0].verdict, 'reject');
	assert.equal(await decide('a', 'as it stands'), 200);
	assert.equal((await decisions())[0].verdict, 'accept');
	await page.locator('.in-hand h2').focus();
	const undone = page.waitForResponse((r) => r.request().method() === 'DELETE');
	await page.keyboard.press('u');
	assert.equal((await undone).status(), 200);
	await page.getByText('Taken back: accept.').waitFor();
	assert.equal((await decisions()).filter((d) => d.state === 'holds').length, 1);

	// Said before its reason, a verdict waits for it.
	const skipped = await heading();
	await page.locator('.in-hand h2').focus();
	await page.keyboard.press('s');
	await page.settled();
	assert.notEqual(await heading(), skipped);
	const kept = page.waitForResponse((r) => r.request().method() === 'POST');
	await page.keyboard.press('a');
	await page.getByLabel('Reason').fill('seen');
	await page.keyboard.press('Enter');
	assert.equal((await kept).status(), 200);
	await page.getByText('Kept: accept.').waitFor();
	await page.settled();
	await page.locator('.in-hand h2').focus();
	await page.keyboard.press('e');
	await page.getByRole('form', { name: 'Edit' }).waitFor();
	await page.getByLabel('date', { exact: true }).fill('1979-02');
	await page.getByLabel('Reason').fill('the page is a chronicle');
	const set = page.waitForResponse((r) => r.request().method() === 'POST');
	await page.getByRole('button', { name: /^Set date/ }).click();
	assert.equal((await set).status(), 200);
	await page.getByText('Kept: edit.').waitFor();
	assert.equal((await decisions())[0].set.date, '1979-02');

	assert.ok(!page.url().includes(TOKEN));
	assert.deepEqual(await page.evaluate(() => Object.values(localStorage)), []);
	await page.see('/review?list=1');
	assert.ok((await page.locator('table.records tbody tr').count()) >= 3);
	assert.deepEqual(await page.axe(), []);
	page.fine(/401/);
	await page.done();
});
