// A store of 100,000 events (bench/scale/fill): views open, registers are read to their end, and the page stays small. Times are told;
// they fail only beyond what a slow machine under load takes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { launch, open, run, scratch, serve } from './harness.mjs';

const MS_MAX = 15000, NODES_MAX = 5000;
const LARGEST = 'QAA'; // of bench/scale/world.h: the state that most is told of
let server, browser;

before(async () => {
	const store = process.env.BIG_STORE ?? join(scratch(), 'big.db'); // BIG_STORE: one made before
	if (!process.env.BIG_STORE) await run(process.env.FILL, [store, '100000']);
	server = await serve(store);
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

const nodes = (page) => page.evaluate(() => document.querySelectorAll('*').length);

async function opens(t, path) {
	const page = await open(browser, server);
	const start = performance.now();
	await page.see(path);
	const ms = Math.round(performance.now() - start), n = await nodes(page);
	t.diagnostic(`${path}: ${ms} ms, ${n} nodes`);
	assert.ok(ms <= MS_MAX, `${path}: ${ms} ms`);
	assert.ok(n <= NODES_MAX, `${path}: ${n} nodes`);
	page.fine();
	return page;
}

test('100,000 events: the overview', async (t) => (await opens(t, '/')).done());
test('100,000 events: the largest country', async (t) => (await opens(t, `/country/${LARGEST}`)).done());
test('100,000 events: its nearest partner', async (t) => {
	const { partners } = await server.json(`/api/v1/countries/${LARGEST}`);
	const other = partners[0].party ?? partners[0].code ?? partners[0].with ?? partners[0];
	await (await opens(t, `/pair/${LARGEST}/${other}`)).done();
});
test('100,000 events: search', async (t) => {
	const page = await opens(t, '/search?words=visit');
	assert.ok(await page.locator('main mark').count(), 'the words are marked');
	await page.done();
});
test('100,000 events: stories', async (t) => (await opens(t, '/stories')).done());

test('100,000 events: a statement that many tell is folded, and has the telling that was asked for', async (t) => {
	const { records } = await server.json(`/api/v1/quotes?who=${LARGEST}&limit=200`);
	const most = records.reduce((a, b) => ((b.wordings ?? 0) > (a.wordings ?? 0) ? b : a));
	const { versions } = await server.json(`/api/v1/quotes/${most.id}?limit=1000`);
	const last = versions[versions.length - 1];
	const page = await opens(t, `/quote/${last.id}`);
	const shown = page.locator('main .tellings > li');
	assert.ok(versions.length > 21, `${versions.length} tell it`);
	assert.equal(await shown.count(), 21);
	assert.ok(await shown.last().locator(`a[href*="record=${last.id}"]`).count());
	await page.getByRole('button', { name: /All .* tellings/ }).click();
	await page.settled();
	assert.equal(await shown.count(), versions.length);
	await page.done();
});

test('100,000 events: further tallies are held against the record as the first are, and in the ledger of a country', async (t) => {
	const page = await opens(t, '/register/tallies');
	const checked = async () => {
		const cells = await page.locator('main table.records td.is-check').allInnerTexts();
		assert.ok(cells.length > 0 && cells.every((c) => c.trim()), `${cells.length} tallies`);
	};
	await checked();
	await page.locator('main a[rel=next]').click();
	await page.waitForURL(/after=/);
	await page.settled();
	await checked();
	await page.see(`/country/${LARGEST}?tab=tallies`);
	await checked();
	page.fine();
	await page.done();
});

test('100,000 events: a register is read to its end, each record once, by keyboard', async (t) => {
	const filters = `who=${LARGEST}&since=1993-01&until=1993-10`; // narrow enough to end soon: three stretches
	const page = await opens(t, `/register/events?${filters}`);
	const there = await server.all(`/api/v1/events?${filters}&newest=1`);
	const shown = [];
	let stretches = 1;
	for (;; stretches++) {
		shown.push(...(await page.locator('main table.records a[href*="record="]').evaluateAll((all) => all.map((a) => new URL(a.href).searchParams.get('record')))));
		assert.ok((await nodes(page)) <= NODES_MAX);
		const next = page.locator('main a[rel=next]');
		if (!(await next.count())) break;
		const was = page.url();
		await next.focus();
		await page.keyboard.press('Enter');
		await page.waitForURL((u) => u.href !== was);
		await page.settled();
		assert.ok(await page.evaluate(() => document.activeElement.closest('main') && document.activeElement.tagName !== 'MAIN'), 'the focus is in the list');
	}
	t.diagnostic(`${there.length} records in ${stretches} stretches`);
	assert.ok(stretches > 1, 'there was more than one stretch');
	assert.equal(new Set(shown).size, there.length);
	// And back: the stretch before is there at once, as it was.
	await page.goBack();
	await page.settled();
	assert.ok(await page.locator('main a[rel=next]').count());
	page.fine();
	await page.done();
});
