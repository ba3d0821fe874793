// Watch-lists: a question is kept under a register, stands on the overview with its feed, and is forgotten again; not without the token.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { launch, open, press_until, RECORDS, scratch, serve, STORES, TOKEN } from './harness.mjs';

const QUESTION = '/register/visits?who=EGY&since=1977';
let browser, server;

before(async () => {
	const store = join(scratch(), 'watch.db');
	copyFileSync(join(STORES, 'demo.db'), store);
	server = await serve(store, { token: TOKEN });
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

const kept = async () => (await server.json('/api/v1/watchlists')).records;

async function enter(page, token) {
	await page.see('/review');
	await page.locator('input#token').fill(token);
	await page.locator('input#author').fill('Ada Desk');
	await page.keyboard.press('Enter');
	await page.locator('main .in-hand').waitFor();
}

// Writes the title by keyboard, from the summary of the form on.
async function keep(page, title) {
	await page.see(QUESTION);
	await page.getByText('Keep this question').focus();
	await page.keyboard.press('Enter');
	await press_until(page, 'Tab', () => document.activeElement.matches('.keep input'), 3);
	await page.keyboard.type(title);
	await page.keyboard.press('Enter');
}

test('watch-lists: without a token there is nothing to keep with, and the server refuses', async () => {
	const page = await open(browser, server);
	await page.see(QUESTION);
	assert.equal(await page.getByText('Keep this question').count(), 0);
	const body = JSON.stringify({ title: 'Visits', register: 'visits', filters: {} });
	for (const headers of [{}, { Authorization: 'Bearer no-such-token-at-all' }])
		for (const method of ['PUT', 'DELETE']) {
			const answer = await fetch(`${server.url}/api/v1/watchlists/visits`, { method, headers: { 'Content-Type': 'application/json', ...headers }, ...(method === 'PUT' && { body }) });
			assert.ok([401, 403].includes(answer.status), `${method}: ${answer.status}`);
		}
	assert.deepEqual(await kept(), []);
	page.fine();
	await page.done();
});

test('watch-lists: a token that the server does not know keeps nothing, is told and forgotten', async () => {
	const page = await open(browser, server);
	await enter(page, 'no-such-token-at-all');
	await keep(page, 'Egypt abroad');
	await page.getByRole('alert').filter({ hasText: 'does not know this token' }).waitFor();
	assert.equal(await page.getByText('Keep this question').count(), 0);
	assert.deepEqual(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }).includes('no-such-token')), false);
	assert.deepEqual(await kept(), []);
	page.fine(/status of 401/);
	await page.done();
});

test('watch-lists: kept by keyboard, on the overview with its records and its feed, forgotten by keyboard', async () => {
	const page = await open(browser, server);
	await enter(page, TOKEN);
	await keep(page, 'Egypt abroad');
	await page.getByRole('status').filter({ hasText: 'Kept' }).waitFor();
	assert.deepEqual(await page.axe(), []);
	const there = await kept();
	assert.deepEqual(there.map((w) => [w.title, w.register, w.filters]), [['Egypt abroad', 'visits', { who: 'EGY', since: '1977' }]]);

	// Another question does not take its place because its title is alike.
	await page.see('/register/visits?who=USA');
	await page.getByText('Keep this question').click();
	await page.getByLabel('Title').fill('Egypt: abroad');
	await page.getByRole('button', { name: 'Keep', exact: true }).click();
	await page.getByRole('status').filter({ hasText: 'asks something else' }).waitFor();
	assert.deepEqual(await kept(), there);

	// It leads back to its question, and its feed has the same records.
	await page.see('/');
	const list = page.getByRole('region', { name: 'Watch-lists' });
	const feed = new URL(await list.getByRole('link', { name: 'Feed of Egypt abroad' }).getAttribute('href'), server.url);
	const answer = await fetch(feed);
	assert.equal(answer.status, 200);
	assert.match(answer.headers.get('content-type'), /^application\/atom\+xml/);
	const entries = (await answer.text()).match(/<entry>/g)?.length ?? 0;
	assert.deepEqual(await page.axe(), []);
	await list.getByRole('link', { name: 'Egypt abroad', exact: true }).click();
	await page.waitForURL((u) => u.pathname === '/register/visits');
	await page.settled();
	assert.equal(new URL(page.url()).searchParams.get('who'), 'EGY');
	const shown = await page.locator(RECORDS).count();
	assert.ok(shown > 0);
	assert.equal(entries, shown);

	await page.see('/');
	await press_until(page, 'Tab', () => document.activeElement.getAttribute('aria-label') === 'Forget Egypt abroad');
	await page.keyboard.press('Enter');
	await list.getByRole('status').filter({ hasText: 'Forgotten' }).waitFor();
	await list.getByRole('listitem').waitFor({ state: 'detached' });
	assert.ok(await page.evaluate(() => document.activeElement !== document.body), 'the focus is not lost');
	assert.deepEqual(await kept(), []);
	assert.equal((await fetch(feed)).status, 404);
	await page.reload();
	await page.settled();
	assert.equal(await list.count(), 0);
	page.fine();
	await page.done();
});

test('the feed of a register asks what the register shows', async () => {
	const page = await open(browser, server);
	await page.see(QUESTION);
	const feed = new URL(await page.getByRole('link', { name: 'Feed', exact: true }).getAttribute('href'), server.url);
	assert.equal(feed.pathname, '/api/v1/visits/atom.xml');
	const text = await server.text(feed.pathname + feed.search);
	assert.equal(text.match(/<entry>/g)?.length, await page.locator(RECORDS).count());
	assert.ok(await page.evaluate((xml) => !new DOMParser().parseFromString(xml, 'application/xml').querySelector('parsererror'), text), 'well-formed');
	page.fine();
	await page.done();
});

test('pledges by what came of them: the feed and a watch-list ask what is shown', async () => {
	const page = await open(browser, server);
	await enter(page, TOKEN);
	await page.see('/register/pledges?state=overdue');
	const shown = await page.locator(RECORDS).count();
	assert.ok(shown > 0 && shown < 36, `${shown}`);
	const feed = new URL(await page.getByRole('link', { name: 'Feed', exact: true }).getAttribute('href'), server.url);
	const entries = async (path) => (await server.text(path)).match(/<entry>/g)?.length;
	assert.equal(await entries(feed.pathname + feed.search), shown);
	await page.getByText('Keep this question').click();
	await page.getByLabel('Title').fill('What is late');
	await page.getByRole('button', { name: 'Keep', exact: true }).click();
	await page.getByRole('status').filter({ hasText: 'Kept' }).waitFor();
	assert.equal(await entries('/api/v1/watchlists/what-is-late/atom.xml'), shown);
	await page.see('/');
	await page.getByRole('link', { name: 'What is late', exact: true }).click();
	await page.waitForURL(/register\/pledges\?state=overdue/);
	await page.settled();
	assert.equal(await page.locator(RECORDS).count(), shown);
	page.fine();
	await page.done();
});
