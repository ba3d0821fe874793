// Countries, pairs, persons, instruments: what their plots show is what the API counts, and what is chosen in a plot is what the list holds.
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

const slider = (page, name) => page.getByRole('slider', { name, exact: true });
const chart = (page, title) => page.getByRole('figure', { name: title });
const dates = (page) => page.locator('main table.records td.is-date time').evaluateAll((all) => all.map((t) => t.getAttribute('datetime')));

// The table behind a chart, as numbers by the words of their row's head.
async function numbers(figure) {
	await figure.locator('summary').click();
	await figure.locator('details tbody tr').first().waitFor();
	return figure.locator('details tbody tr').evaluateAll((rows) => rows.map((r) => [...r.children].map((c) => c.textContent)));
}

test('a pair: the plot shows the counts of the API, and says them', async () => {
	const page = await open(browser, server);
	const pair = await server.json('/api/v1/pairs/USA/CHN?limit=1');
	const sum = (list, what) => list.reduce((n, x) => n + x[what], 0);

	await page.see('/pair/USA/CHN');
	const rows = await numbers(chart(page, 'Cooperation and conflict'));
	const unit = rows[0][0].length === 7 ? pair.months : pair.years.filter((y) => y.year !== 'undated');
	assert.deepEqual(rows, unit.map((u) => [u.month ?? u.year, String(u.cooperation), String(u.conflict)]));
	assert.equal(sum(pair.years, 'events'), pair.events);
	assert.equal(sum(pair.years, 'cooperation') + sum(pair.years, 'conflict'), pair.events);
	/* who visited whom: what the register of visits holds */
	const visits = (await server.json('/api/v1/visits?who=USA&with=CHN&status=actual&limit=500')).records;
	for (const v of pair.visits) assert.equal(v.events, visits.filter((e) => e.source.includes(v.visitor)).length, v.visitor);
	assert.ok((await page.locator('.facts').innerText()).includes(`by United States ${pair.visits[0].events}`));
	page.fine();
	await page.done();
});

test('a pair: two handles choose a time by the keyboard; the list, the URL and what is read aloud follow', async () => {
	const page = await open(browser, server);

	await page.see('/pair/USA/CHN?tab=events');
	const all = (await dates(page)).length;
	const from = slider(page, 'From');
	const last = await slider(page, 'To').getAttribute('aria-valuetext');
	await from.focus();
	await page.keyboard.press('End');
	await page.waitForURL(/since=1979-03&until=1979-03/);
	await page.settled();
	assert.equal(await from.getAttribute('aria-valuetext'), last);
	assert.ok(await from.evaluate((e) => e === document.activeElement), 'the handle keeps the focus');
	await page.keyboard.press('ArrowLeft');
	await page.keyboard.press('ArrowLeft');
	await page.waitForURL(/since=1979-01&until=1979-03/);
	await page.settled();
	const chosen = await dates(page);
	assert.ok(chosen.length > 0 && chosen.length < all);
	for (const d of chosen) assert.ok(d >= '1979-01' && d < '1979-04', d);
	await page.keyboard.press('Escape');
	await page.waitForURL((url) => !url.search.includes('since'));
	await page.settled();
	assert.equal((await dates(page)).length, all);
	page.fine();
	await page.done();
});

test('a pair: a time is chosen by the pointer, carried on by the tabs, kept when opened afresh, and given up by a button', async () => {
	const page = await open(browser, server);

	await page.see('/pair/USA/CHN');
	const plot = await page.locator('.chart .over').boundingBox();
	await page.mouse.move(plot.x + plot.width * 0.05, plot.y + 60);
	await page.mouse.down();
	await page.mouse.move(plot.x + plot.width * 0.25, plot.y + 60, { steps: 4 });
	await page.mouse.up();
	await page.waitForURL(/since=1971-\d\d&until=1973-\d\d/);
	await page.settled();
	await page.getByRole('navigation', { name: /Ledgers/ }).getByRole('link', { name: 'Visits' }).click();
	await page.waitForURL(/since=1971-\d\d&until=1973-\d\d&tab=visits/);
	await page.settled();
	const rows = await dates(page);
	assert.ok(rows.length > 0 && rows.every((d) => d < '1974'));
	await page.reload();
	await page.settled();
	assert.deepEqual(await dates(page), rows);
	await page.getByRole('button', { name: 'All the time' }).click();
	await page.waitForURL((url) => !url.search.includes('since'));
	page.fine();
	await page.done();
});

test('a pair: its marks are links that say what they stand for', async () => {
	const page = await open(browser, server);

	await page.see('/pair/USA/CHN');
	const marks = await page.locator('.chart a.mark').evaluateAll((all) => all.map((a) => [a.getAttribute('aria-label'), a.getAttribute('href')]));
	assert.ok(marks.some(([, href]) => href.startsWith('/instrument/')), 'an instrument');
	assert.ok(marks.some(([label]) => /visit/.test(label)), 'visits');
	for (const [label] of marks) assert.match(label, /\d{4}: /);
	await page.locator('.chart a.mark').first().focus();
	assert.equal(await page.locator('.tip').count(), 1);
	page.fine();
	await page.done();
});

test('a country: partners by rank with what is cooperation and what is conflict; each leads to the pair', async () => {
	const page = await open(browser, server);
	const balance = await server.json('/api/v1/countries/USA/balance');

	await page.see('/country/USA');
	await page.getByRole('button', { name: /All \d+$/ }).click();
	const shown = await page.locator('table.ranked tbody tr').evaluateAll((rows) =>
		rows.map((r) => [r.querySelector('a').getAttribute('href'), ...[...r.querySelectorAll('td.is-number')].map((c) => Number(c.textContent))]));
	assert.deepEqual(shown, balance.partners.map((p) => [`/pair/USA/${p.party}`, p.cooperation, p.conflict]));
	page.fine();
	await page.done();
});

test('a country: the balance between two sides is chosen in the URL, and its table holds the numbers of the API', async () => {
	const page = await open(browser, server);
	const balance = await server.json('/api/v1/countries/USA/balance');
	const china = balance.partners.find((p) => p.party === 'CHN');

	await page.see('/country/USA');
	const figure = chart(page, 'Balance between partners');
	assert.equal(balance.sides.length, 2);
	assert.deepEqual([await figure.getByLabel('Upwards').inputValue(), await figure.getByLabel('Downwards').inputValue()], balance.sides);
	await figure.getByLabel('Upwards').selectOption('CHN');
	await page.waitForURL(/one=CHN/);
	await page.settled();
	const rows = await numbers(figure);
	for (const y of china.years) {
		const row = rows.find((r) => r[0] === y.year);
		assert.deepEqual(row?.slice(1, 3), [String(y.cooperation), String(y.conflict)], y.year);
	}
	await figure.getByLabel('Shown as').selectOption('shares');
	await page.waitForURL(/as=shares/);
	page.fine();
	await page.done();
});

test('a country of which no page tells: it says so, and has its offices and memberships from the lists', async () => {
	const page = await open(browser, server);
	const lists = await server.json('/api/v1/countries/TUV');

	await page.see('/country/TUV');
	assert.equal(await page.locator('h1').innerText(), 'Tuvalu');
	assert.match(await page.locator('main .nothing').innerText(), /holds nothing on Tuvalu/);
	assert.equal((await numbers(chart(page, 'Offices over time'))).length, lists.offices.length);
	await page.getByRole('button', { name: /All \d+ memberships$/ }).click();
	assert.equal(await page.locator('section', { hasText: 'Memberships' }).getByRole('listitem').count(), lists.memberships.length);
	assert.deepEqual(await page.axe(), []);
	page.fine();
	await page.done();
});

test('a code that means two: each record names whom it tells of, the profile both', async () => {
	const page = await open(browser, server);

	await page.see('/country/NAM');
	assert.equal(await page.locator('h1').innerText(), 'Namibia or Non-Aligned Movement');
	for (const path of ['/register/events?who=NAM', '/register/tallies?who=NAM']) {
		await page.see(path);
		const said = await page.locator('main table.records a.party[href="/country/NAM"]').allInnerTexts();
		assert.ok(said.length > 0 && said.every((s) => s === 'Non-Aligned Movement'), `${path}: ${said}`);
	}
	page.fine();
	await page.done();
});

test('a name that no list has leads to its sentence', async () => {
	const page = await open(browser, server);

	await page.see('/unknown?kind=person');
	const row = page.locator('main table.records tbody tr').filter({ hasText: 'Peter Lorne' });
	assert.equal(await row.count(), 1);
	assert.equal(await page.locator('main table.records tbody tr').count(), (await server.json('/api/v1/unknown')).records.filter((r) => r.kind === 'person').length);
	await row.getByRole('button').click();
	assert.match(await page.locator('main tr.detail pre').innerText(), /^Peter Lorne\n/);
	assert.deepEqual(await page.axe(), []);
	await row.getByRole('link', { name: 'In its page' }).click();
	await page.waitForURL(/\/page\//);
	await page.settled();
	assert.match(await page.locator('main .sentence.chosen').innerText(), /Peter Lorne/);
	page.fine();
	await page.done();
});

test('a country: its ledgers are links with URLs; the one that is shown says so', async () => {
	const page = await open(browser, server);

	await page.see('/country/USA?tab=visits');
	const tabs = page.getByRole('navigation', { name: 'Ledgers of United States' });
	assert.equal(await tabs.locator('[aria-current="page"]').innerText(), 'Visits');
	assert.equal((await dates(page)).length > 0, true);
	await tabs.getByRole('link', { name: 'Instruments' }).click();
	await page.waitForURL(/tab=instruments/);
	await page.settled();
	assert.ok(await page.locator('table.records a[href^="/instrument/"]').count());
	await page.goBack();
	await page.settled();
	assert.equal(await tabs.locator('[aria-current="page"]').innerText(), 'Visits');
	page.fine();
	await page.done();
});

test('a country and a person of whom nothing is known: one line says so', async () => {
	const page = await open(browser, server);

	for (const path of ['/country/XYZ', '/person/Nobody%20Atall', '/instrument/00', '/pair/XYZ/XYY']) {
		await page.see(path);
		assert.match(await page.locator('main .nothing').first().innerText(), /\b(no|nobody|nothing)\b/i, path);
	}
	page.fine(/status of 404/);
	await page.done();
});

test('a person: offices by the lists stand in a lane each, and lead on', async () => {
	const page = await open(browser, server);

	await page.see('/person/Richard%20Nixon');
	const rows = await numbers(chart(page, 'Career'));
	assert.ok(rows.some((r) => r[1] === 'Vice President, USA' && r[2] === '20 Jan 1953 to 20 Jan 1961' && r[3] === 'lists'));
	assert.ok(await page.locator('.term').count() >= 3);
	assert.ok(await page.getByRole('link', { name: 'Mao Zedong' }).count(), 'whom he met');
	page.fine();
	await page.done();
});

test('an instrument: who tells of it, in the words of the page, leads to the sentence', async () => {
	const page = await open(browser, server);
	const one = (await server.json('/api/v1/instruments?who=DEU&with=FRA&limit=1')).records[0];

	await page.see(`/instrument/${one.id}`);
	assert.equal(await page.locator('h1').innerText(), one.title);
	assert.ok((await page.locator('main').innerText()).includes(one.sentence));
	assert.match(await page.locator('main a.source').first().getAttribute('href'), new RegExp(`^/page/${one.page.id}\\?record=${one.id}`));
	page.fine();
	await page.done();
});
