// What one does in a register: filters that go together, names that are offered, reports under a row, the way through a long list,
// a tally's way to the records it was held against.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { launch, open, serve, STORES } from './harness.mjs';

let server, browser;

before(async () => {
	server = await serve(join(STORES, 'demo.db'));
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

const rows = (page) => page.locator('main table.records > tbody > tr:not(.detail)');
const query = (page) => new URL(page.url()).search;

test('a mode goes when the type changes to one that does not have it', async () => {
	const page = await open(browser, server);

	await page.see('/register/events');
	await page.selectOption('select[name=type]', 'CONSULT');
	await page.selectOption('select[name=mode]', 'visit');
	await page.waitForURL('**?type=CONSULT&mode=visit');
	await page.settled();
	assert.equal(await rows(page).count(), (await server.all('/api/v1/events?type=CONSULT&mode=visit')).length);
	assert.deepEqual(await page.locator('select[name=mode] option').allTextContents(), ['any', 'visit', 'third party', 'multilateral', 'phone', 'meeting', 'letter']);
	await page.selectOption('select[name=type]', 'AID');
	await page.waitForURL('**?type=AID');
	page.fine();
	await page.done();
});

test('what is no date is not asked for', async () => {
	const page = await open(browser, server);

	await page.see('/register/events?who=EGY');
	await page.fill('input[name=since]', 'May');
	await page.press('input[name=since]', 'Tab');
	assert.equal(query(page), '?who=EGY');
	assert.equal(await page.locator('input[name=since]').evaluate((e) => e.validity.valid), false);
	await page.fill('input[name=since]', '1977-11');
	await page.press('input[name=since]', 'Enter');
	await page.waitForURL('**?who=EGY&since=1977-11');
	page.fine();
	await page.done();
});

test('a state is offered by its name and taken by the keyboard', async () => {
	const page = await open(browser, server);

	await page.see('/register/visits');
	await page.locator('input[name=who]').pressSequentially('egy');
	const field = page.locator('input[name=who]');
	await page.locator('[role=option]', { hasText: 'Egypt' }).waitFor();
	assert.equal(await field.getAttribute('aria-expanded'), 'true');
	await field.press('ArrowDown');
	assert.equal(await page.locator(`#${await field.getAttribute('aria-activedescendant')}`).getAttribute('aria-selected'), 'true');
	await field.press('Enter');
	await page.waitForURL('**/register/visits?who=EGY');
	await page.settled();
	assert.equal(await field.getAttribute('aria-expanded'), 'false');
	assert.equal(await rows(page).count(), (await server.all('/api/v1/visits?who=EGY')).length);
	page.fine();
	await page.done();
});

test('under a row stands every page that tells the event', async () => {
	const page = await open(browser, server);
	const told = (await server.all('/api/v1/visits')).find((e) => e.reports.length > 1);

	assert.ok(told, 'the demo tells a visit on two pages');
	await page.see(`/register/visits?who=${told.source[0]}&since=${told.date}&until=${told.date}`);
	const button = page.locator('button.told', { hasText: `${told.reports.length} reports` }).first();
	await button.press('Enter');
	assert.equal(await button.getAttribute('aria-expanded'), 'true');
	const under = page.locator(`#${await button.getAttribute('aria-controls')}`);
	assert.equal(await under.locator('ol.reports > li').count(), told.reports.length);
	for (const report of told.reports) assert.ok((await under.innerText()).includes(report.text));
	assert.deepEqual(await page.axe(), []);
	await button.press('Enter');
	assert.equal(await under.count(), 0);
	page.fine();
	await page.done();
});

test('a list goes on behind its last record, by a link with a URL of its own', async () => {
	const page = await open(browser, server);
	const all = (await server.all('/api/v1/events?newest=1')).length;

	await page.see('/register/events');
	const first = await rows(page).count();
	const text = await rows(page).first().innerText();
	assert.ok(first < all, 'the demo has more events than one piece');
	await page.locator('nav.paging a[rel=next]').press('Enter');
	await page.waitForURL(/[?&]after=/);
	await page.settled();
	assert.equal(first + (await rows(page).count()), all);
	assert.notEqual(await rows(page).first().innerText(), text);
	assert.equal(await page.locator('nav.paging a[rel=next]').count(), 0);
	await page.goBack();
	await page.settled();
	assert.equal(await rows(page).first().innerText(), text);
	page.fine();
	await page.done();
});

test('a tally leads to the records that it was held against', async () => {
	const page = await open(browser, server);
	const tally = (await server.all('/api/v1/tally-check')).find((t) => t.query && t.recorded > 0);

	assert.ok(tally, 'the demo has a tally with records');
	await page.see('/register/tallies');
	await page.locator(`td.is-check a[href^="/register/${tally.register}?"]`, { hasText: new RegExp(`^${tally.recorded}: `) }).first().click();
	await page.waitForURL((u) => u.pathname === `/register/${tally.register}`);
	await page.settled();
	assert.equal(await rows(page).count(), tally.records);
	page.fine();
	await page.done();
});

test('words said are searched for, and marked in each quotation that is found', async () => {
	const page = await open(browser, server);

	await page.see('/register/quotes');
	await page.fill('input[name=search]', 'peace');
	await page.press('input[name=search]', 'Enter');
	await page.waitForURL('**?search=peace');
	await page.settled();
	const found = await server.all('/api/v1/quotes?search=peace');
	assert.ok(found.length > 0 && found.length < (await server.all('/api/v1/quotes')).length);
	assert.equal(await rows(page).count(), found.length);
	assert.equal(await rows(page).filter({ has: page.locator('td.is-quote mark', { hasText: /^peace$/i }) }).count(), found.length);
	page.fine();
	await page.done();
});

test('the map has states only: an organisation with the code of a state stands in the list by its own name', async () => {
	const page = await open(browser, server);

	await page.see('/');
	await page.locator('.map path').first().waitFor();
	const lands = await page.locator('.map path title').evaluateAll((all) => all.map((t) => t.textContent));
	const { parties } = await server.json('/api/v1/overview');
	assert.ok(parties.some((p) => p.code === 'NAM' && p.kind === 'organisation'));
	assert.ok(lands.includes('Namibia: 0 events'), lands.filter((l) => l.startsWith('Nam')).join());
	assert.ok(lands.includes(`Egypt: ${parties.find((p) => p.code === 'EGY').events} events`));
	await page.getByText(/further parties/).click();
	assert.equal(await page.locator('.ranking a[href="/country/NAM"]').innerText(), 'Non-Aligned Movement');
	page.fine();
	await page.done();
});

test('how many are shown is said, and said again when a filter changes it', async () => {
	const page = await open(browser, server);

	await page.see('/register/visits');
	const all = await rows(page).count();
	const said = page.locator('main p.shown[role=status]');
	assert.equal(await said.innerText(), `${all} visits.`);
	await page.fill('input[name=who]', 'EGY');
	await page.press('input[name=who]', 'Enter');
	await page.waitForURL('**?who=EGY');
	await page.settled();
	const some = await rows(page).count();
	assert.ok(some > 0 && some < all);
	assert.equal(await said.innerText(), some === 1 ? '1 visit.' : `${some} visits.`);
	await page.see('/register/events');
	assert.match(await said.innerText(), /^The newest 100 events; there are more\.$/);
	await page.locator('main a[rel=next]').click();
	await page.waitForURL(/after=/);
	await page.settled();
	assert.equal(await said.innerText(), `${await rows(page).count()} events, the last.`);
	page.fine();
	await page.done();
});

test('a list of which a page holds nothing, though there is more, is gone through until there is something', async () => {
	for (const [path, filters, shown] of [['/agenda', 'who=EGY', 'main table.records tbody tr'], ['/conflicts', 'until=2030', 'main .conflict-of']]) {
		const page = await open(browser, server);
		const asked = [];
		await page.route(`**/api/v1${path}?*`, (route) => {
			const after = new URL(route.request().url()).searchParams.get('after');
			asked.push(after);
			const next = { null: 'one', one: 'two' }[String(after)];
			if (next) return route.fulfill({ json: { records: [], next } });
			const url = new URL(route.request().url());
			url.searchParams.delete('after');
			return route.continue({ url: url.href });
		});
		await page.see(`${path}?${filters}`);
		assert.deepEqual(asked, [null, 'one', 'two'], path);
		const { records } = await server.json(`/api/v1${path}?${filters}`);
		assert.ok(records.length > 0);
		assert.equal(await page.locator(shown).count(), records.length);
		page.fine();
		await page.done();
	}
});
