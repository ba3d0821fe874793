// A reader without a mouse: from a register to the sentence that a record rests on, and back; filters, links that carry them, keys.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { launch, open, press_until, RECORDS, serve, STORES } from './harness.mjs';

let server, browser;

before(async () => {
	server = await serve(join(STORES, 'demo.db'));
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

const path_of = (page) => new URL(page.url()).pathname + new URL(page.url()).search;

// The sentence that the record rests on: it can be seen, it alone is marked, the record's words in it are highlighted; its text.
async function marked_sentence(page, record) {
	await page.waitForURL((u) => u.pathname.startsWith('/page/'));
	await page.settled();
	assert.equal(new URL(page.url()).searchParams.get('record'), record);
	const sentence = page.locator('main .sentence.chosen');
	await sentence.waitFor();
	assert.ok(await sentence.locator('.run.on').count(), 'the words of the record are highlighted');
	const [top, bottom, height] = await sentence.evaluate((e) => [e.getBoundingClientRect().top, e.getBoundingClientRect().bottom, innerHeight]);
	assert.ok(bottom > 0 && top < height, `the sentence stands at ${top} to ${bottom} of ${height}`);
	return (await sentence.innerText()).trim();
}

test('keyboard: the first Tab leads past the head of the page', async () => {
	const page = await open(browser, server);
	await page.see('/register/visits');
	await page.keyboard.press('Tab');
	assert.ok(await page.evaluate(() => document.activeElement.matches('a.skip')));
	await page.keyboard.press('Enter');
	assert.equal(await page.evaluate(() => document.activeElement.closest('main')?.tagName), 'MAIN');
	page.fine();
	await page.done();
});

for (const register of ['visits', 'quotes', 'instruments', 'tallies'])
	test(`keyboard: from ${register} to the marked sentence, and back`, async () => {
		const page = await open(browser, server);
		const start = `/register/${register}?since=1960`;
		await page.see(start);
		const rows = await page.locator(RECORDS).count();
		await press_until(page, 'Tab', () => document.activeElement.matches('main table.records a[href*="/page/"]'));
		assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none', 'where the focus is can be seen');
		const href = await page.evaluate(() => document.activeElement.getAttribute('href'));
		await page.keyboard.press('Enter');
		const record = new URL(href, server.url).searchParams.get('record');
		const text = await marked_sentence(page, record);
		if (register === 'visits') assert.equal(text, (await server.all('/api/v1/visits')).find((v) => v.id === record).text.trim());
		await page.goBack();
		await page.waitForURL((u) => u.pathname.startsWith('/register/'));
		await page.settled();
		assert.equal(path_of(page), start);
		assert.equal(await page.locator(RECORDS).count(), rows);
		page.fine();
		await page.done();
	});

test('a deep link with filters shows what the API has for them, in the form and in the CSV link too', async () => {
	const page = await open(browser, server);
	const filters = 'who=EGY&since=1977&until=1979';
	await page.see(`/register/events?${filters}`);
	const there = await server.all(`/api/v1/events?${filters}`);
	assert.ok(there.length > 1, 'the demo tells of Egypt');
	assert.equal(await page.locator(RECORDS).count(), there.length);
	assert.equal(await page.locator('main form [name=since]').inputValue(), '1977');
	assert.equal(await page.locator('main form [name=until]').inputValue(), '1979');
	const csv = new URL(await page.locator('main a[href*="format=csv"]').first().getAttribute('href'), server.url);
	for (const [name, value] of new URLSearchParams(filters)) assert.equal(csv.searchParams.get(name), value);
	page.fine();
	await page.done();
});

test('a filter by keyboard stands in the URL, and the back button takes it away', async () => {
	const page = await open(browser, server);
	await page.see('/register/events');
	const all = await page.locator(RECORDS).count();
	await press_until(page, 'Tab', () => document.activeElement.matches('main form [name=since]'));
	await page.keyboard.type('1979');
	await page.keyboard.press('Enter');
	await page.waitForURL(/since=1979/);
	await page.settled();
	const some = await page.locator(RECORDS).count();
	assert.ok(some > 0 && some < all, `${some} of ${all}`);
	await page.goBack();
	await page.waitForURL((u) => !u.search.includes('since'));
	await page.settled();
	assert.equal(await page.locator(RECORDS).count(), all);
	assert.equal(await page.locator('main form [name=since]').inputValue(), '');
	page.fine();
	await page.done();
});

test('keyboard: "/" leads to the search, "?" shows the keys, Escape ends it', async () => {
	const page = await open(browser, server);
	await page.see('/register/visits');
	await page.keyboard.press('/');
	assert.ok(await page.evaluate(() => document.activeElement.matches('input')), 'a field has the focus');
	assert.equal(await page.evaluate(() => document.activeElement.value), '', 'and the stroke is not in it');
	await page.evaluate(() => document.activeElement.blur());
	await page.keyboard.press('?');
	await page.locator('dialog[open], [role=dialog]').waitFor();
	assert.deepEqual(await page.axe(), []);
	await page.keyboard.press('Escape');
	await page.locator('dialog[open], [role=dialog]').waitFor({ state: 'hidden' });
	page.fine();
	await page.done();
});

test('light and dark: the switch is kept', async () => {
	const page = await open(browser, server);
	await page.see('/register/visits');
	const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const light = await paper();
	await page.getByLabel('Colours').selectOption('dark');
	const dark = await paper();
	assert.notEqual(dark, light);
	await page.reload();
	await page.settled();
	assert.equal(await paper(), dark);
	page.fine();
	await page.done();
});
