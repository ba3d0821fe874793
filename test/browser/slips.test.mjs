// What people bring along: links with parameters of somebody else's, filters that a form does not have, titles in any script, a token out of
// a word processor, a server that is gone.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { launch, open, RECORDS, scratch, serve, STORES, TOKEN } from './harness.mjs';
import { registers } from './views.mjs';

let browser, server;

before(async () => {
	const store = join(scratch(), 'slips.db');
	copyFileSync(join(STORES, 'demo.db'), store);
	server = await serve(store, { token: TOKEN });
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

async function enter(page, token) {
	await page.see('/review');
	await page.locator('input#token').fill(token);
	await page.locator('input#author').fill('Ada Desk');
	await page.keyboard.press('Enter');
}

test('a parameter that a link has from elsewhere is nobody’s question', async () => {
	const page = await open(browser, server);
	const found = (path) => page.see(path).then(() => page.locator('main').innerText());
	for (const path of ['/register/visits?who=EGY', '/register/tallies', '/agenda', '/conflicts', '/coverage', '/stories?pages=1', '/unknown', '/review', '/country/EGY', '/search?words=treaty']) {
		const told = await found(path);
		assert.equal(await found(`${path}${path.includes('?') ? '&' : '?'}utm_source=mail&limit=`), told, path);
		assert.equal(await page.locator('main .problem').count(), 0, path);
	}
	page.fine();
	await page.done();
});

test('what narrows a list is shown in its filters, also where they do not offer it', async () => {
	const page = await open(browser, server);
	const [visit] = (await server.json('/api/v1/visits?limit=1')).records;
	const { id } = visit.reports[0].page;
	await page.see(`/register/visits?page=${id}`);
	const shown = await page.locator(RECORDS).count();
	assert.equal(shown, (await server.json(`/api/v1/visits?page=${id}`)).records.length);
	assert.equal(await page.locator('#filter-page').inputValue(), id);
	await page.getByLabel('Since').fill('1900');
	await page.getByLabel('Since').press('Enter');
	await page.waitForURL(/since=1900/);
	assert.equal(new URL(page.url()).searchParams.get('page'), id, 'it stays when another filter is set');
	await page.getByRole('link', { name: 'Reset' }).click();
	await page.waitForURL((u) => !u.search);
	assert.equal(await page.locator('#filter-page').count(), 0);
	page.fine();
	await page.done();
});

test('the words of the filters’ buttons are not broken, whatever the width', async () => {
	for (const width of [1280, 1000, 800, 360]) {
		const page = await open(browser, server, { width });
		await page.see('/register/events?who=EGY');
		if (!(await page.locator('.filters').getAttribute('open').catch(() => null)) && width < 720) await page.locator('.filters summary').click();
		const lines = await page.evaluate(() =>
			[...document.querySelectorAll('.field.does > *')].map((e) => {
				const words = document.createRange();
				words.selectNodeContents(e);
				return [e.textContent.trim(), new Set([...words.getClientRects()].map((r) => Math.round(r.top))).size];
			}),
		);
		assert.deepEqual(lines, [['Apply', 1], ['Reset', 1]], `${width}`);
		await page.done();
	}
});

test('one report is told as one, and opens', async () => {
	const page = await open(browser, server);
	await page.see('/register/visits');
	const one = page.getByRole('button', { name: '1 report', exact: true }).first();
	assert.doesNotMatch(await one.evaluate((e) => getComputedStyle(e, '::before').content), /\+/);
	await one.click();
	assert.equal(await one.getAttribute('aria-expanded'), 'true');
	assert.equal(await page.locator('.detail .reports li').count(), 1);
	page.fine();
	await page.done();
});

test('watch-lists: titles in any script are kept, two as two', async () => {
	const page = await open(browser, server);
	await enter(page, TOKEN);
	await page.locator('main .in-hand').waitFor();
	for (const [title, path] of [['Визиты', '/register/visits'], ['رسائل', '/register/letters'], ['访问 EU', '/register/visits?who=EU'], ['会谈 EU', '/register/meetings?who=EU'], ['Visités', '/register/visits?who=FRA'], ['!', '/register/roles']]) {
		await page.see(path);
		await page.getByText('Keep this question').click();
		const button = page.getByRole('button', { name: 'Keep', exact: true });
		assert.ok(await button.isDisabled(), 'a title is wanted');
		await page.getByLabel('Title').fill(` ${title}`);
		await button.click();
		await page.getByRole('status').filter({ hasText: `Kept: “${title}”` }).waitFor();
	}
	const kept = (await server.json('/api/v1/watchlists')).records;
	assert.deepEqual(kept.map((w) => w.title).sort(), ['Визиты', 'رسائل', '访问 EU', '会谈 EU', 'Visités', '!'].sort());
	assert.ok(kept.some((w) => w.name === 'visites'));
	for (const { name } of kept) assert.equal((await fetch(`${server.url}/api/v1/watchlists/${name}/atom.xml`)).status, 200, name);
	page.fine();
	await page.done();
});

test('a token with a sign that no header takes is not taken, and told why', async () => {
	const page = await open(browser, server);
	await enter(page, 'a–token–of–the–browser');
	await page.getByRole('alert').filter({ hasText: '“–” cannot be sent' }).waitFor();
	assert.equal(await page.locator('main .in-hand button').count(), 0);
	await page.locator('input#token').fill(TOKEN);
	await page.keyboard.press('Enter');
	await page.locator('main .in-hand').waitFor();
	assert.equal(await page.getByRole('alert').count(), 0);
	page.fine();
	await page.done();
});

test('a server that does not answer is told in words', async () => {
	const page = await open(browser, server);
	await page.see('/');
	await page.route('**/api/v1/visits?**', (route) => route.abort());
	await page.getByRole('link', { name: 'Visits', exact: true }).first().click();
	await page.getByRole('alert').filter({ hasText: 'The server does not answer.' }).waitFor();
	page.fine(/Failed to load resource/);
	await page.done();
});

test('on a phone no title of a value lies over another', async () => {
	const page = await open(browser, server, { width: 360 });
	for (const path of ['/stories?pages=1', '/register/tallies', '/register/instruments', '/unknown', '/coverage']) {
		await page.see(path);
		// The title floats: what it is higher than its value makes its cell higher.
		const over = await page.evaluate(() =>
			[...document.querySelectorAll('table.records:not(.figures) > tbody > tr:not(.detail) > td')].filter((td) => {
				const before = getComputedStyle(td, '::before');
				return td.clientHeight > 0 && parseFloat(before.height) > td.clientHeight + 1;
			}).map((td) => `${td.dataset.title}: ${td.innerText}`),
		);
		assert.deepEqual(over, [], path);
	}
	page.fine();
	await page.done();
});

test('a state that holds a chair is named as a state, and leads to its page', async () => {
	const page = await open(browser, server);
	await page.see('/register/roles?type=chair');
	const row = page.locator(RECORDS).filter({ hasText: 'took over the chairmanship' }).first();
	assert.equal(await row.locator('td.is-person').innerText(), 'Azerbaijan');
	assert.equal(await row.locator('td.is-person a').getAttribute('href'), '/country/AZE');
	page.fine();
	await page.done();
});

// A filter that the API has nothing for is refused: none such is offered.
test('each filter that a form offers is one that may be asked', async () => {
	const page = await open(browser, server);
	const { paths } = await server.json('/api/v1/openapi.json');
	const asked = (path) => paths['/api/v1' + path].get.parameters.map((p) => p.name ?? p.$ref.split('/').pop());
	for (const [view, path] of [...registers.map((r) => [`/register/${r}`, r === 'tallies' ? '/tally-check' : `/${r}`]), ['/agenda', '/agenda'], ['/conflicts', '/conflicts'], ['/coverage', '/coverage'], ['/stories', '/stories'], ['/unknown', '/unknown'], ['/review', '/doubtful']]) {
		await page.see(view);
		const offered = await page.locator('.filters :is(input, select)').evaluateAll((all) => all.map((e) => e.name));
		const known = asked(paths['/api/v1' + path] ? path : '/{register}');
		assert.deepEqual(offered.filter((name) => !known.includes(name)), [], view);
	}
	page.fine();
	await page.done();
});

test('nobody is a pair with himself', async () => {
	const page = await open(browser, server);
	await page.see('/pair/EGY/egy');
	assert.equal(await page.locator('main .problem').count(), 0);
	await page.getByRole('link', { name: 'Egypt by itself' }).click();
	await page.waitForURL(/\/country\/EGY$/);
	await page.settled();
	page.fine();
	await page.done();
});

test('what is asked is said in names: of a watch-list and of filters that are folded', async () => {
	const page = await open(browser, server, { width: 360 });
	const body = JSON.stringify({ title: 'Cairo', register: 'visits', filters: { who: 'EGY', since: '1977' } });
	const answer = await fetch(`${server.url}/api/v1/watchlists/cairo`, { method: 'PUT', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${TOKEN}` }, body });
	assert.equal(answer.status, 200);
	await page.see('/');
	await page.getByRole('listitem').filter({ hasText: 'Visits: who Egypt, since 1977' }).getByRole('link', { name: 'Cairo', exact: true }).click();
	await page.locator('.filters summary').filter({ hasText: 'Filters: who Egypt, since 1977' }).waitFor();
	page.fine();
	await page.done();
});
