// What writes: decisions behind a token; and what comes by itself: new records on a page that is open.
import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { chancery, launch, open, RECORDS, scratch, serve, STORES, TOKEN } from './harness.mjs';

let browser, dir;

before(async () => {
	dir = scratch();
	browser = await launch();
});
after(async () => browser?.close());

// A server over a copy of the demo store, which the test may change.
async function served(t, name, how) {
	const store = join(dir, name + '.db');
	copyFileSync(join(STORES, 'demo.db'), store);
	const server = await serve(store, how);
	t.after(() => server.stop());
	return Object.assign(server, { store });
}

test('new records are told on an open overview, and nothing jumps', async (t) => {
	const server = await served(t, 'stream');
	const page = await open(browser, server);
	await page.see('/');
	const was = await page.locator('main').innerText();
	writeFileSync(join(dir, 'new.txt'), 'VALLETTA, June 5, 2024 (Meridian Wire)\n\nThe president of Malta paid a visit to Iceland on Monday.\n\nMalta and Iceland signed an agreement on fisheries in Reykjavik on Tuesday.\n');
	assert.ok(!was.includes('Reykjavik'));
	await chancery(['add', '--quiet', '--store', server.store, join(dir, 'new.txt')], [0, 1]);
	const notice = page.getByRole('button', { name: /new record/i });
	await notice.waitFor();
	assert.ok(!(await page.locator('main').innerText()).includes('Iceland'), 'the list has not moved by itself');
	await notice.click();
	await page.locator('main').getByText(/Reykjavik/).first().waitFor();
	page.fine();
	await page.done();
});

const enter = async (page, token) => {
	await page.locator('input#token').fill(token);
	await page.locator('input#author').fill('Ada Desk');
	await page.keyboard.press('Enter');
};

test('review: a server without a token takes no decisions, and says so', async (t) => {
	const server = await served(t, 'none');
	const page = await open(browser, server);
	await page.see('/review');
	await page.getByText(/takes no decisions/).waitFor();
	assert.equal(await page.locator('input#token').count(), 0);
	const [event] = (await server.json('/api/v1/events?limit=1')).records;
	await page.see(`/event/${event.id}`);
	assert.equal(await page.getByRole('button', { name: /accept|reject/i }).count(), 0);
	for (const headers of [{}, { Authorization: `Bearer ${TOKEN}` }]) {
		const answer = await fetch(server.url + '/api/v1/decisions', { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify({ verdict: 'reject', id: event.id, by: 'x', reason: 'x' }) });
		assert.ok([401, 403].includes(answer.status), `${answer.status}`);
	}
	page.fine();
	await page.done();
});

test('review: a wrong token is told, is not kept, and decides nothing', async (t) => {
	const server = await served(t, 'wrong', { token: TOKEN });
	const page = await open(browser, server);
	await page.see('/review');
	assert.equal(await page.getByRole('button', { name: /accept|reject/i }).count(), 0, 'nothing to press before the token');
	await enter(page, 'no-such-token-at-all');
	await page.locator('main .in-hand').getByLabel('Reason').fill('none');
	await page.locator('main .in-hand').getByRole('button', { name: /^Reject/ }).click();
	await page.getByText(/does not know this token/).first().waitFor();
	await page.locator('input#token').waitFor();
	assert.deepEqual(await page.evaluate((wrong) => [JSON.stringify({ ...sessionStorage, ...localStorage }).includes(wrong), location.href.includes(wrong)], 'no-such-token-at-all'), [false, false]);
	const answer = await fetch(server.url + '/api/v1/decisions', { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: 'Bearer no-such-token-at-all' }, body: '{}' });
	assert.equal(answer.status, 401);
	assert.equal((await server.json('/api/v1/decisions')).records.length, 0);
	page.fine(/status of 401/);
	await page.done();
});

test('review: by keyboard a record is rejected and is gone, and taken back and there again', async (t) => {
	const server = await served(t, 'right', { token: TOKEN });
	const page = await open(browser, server);
	const there = async (id) => (await server.all('/api/v1/events')).some((e) => e.id === id);
	const [doubtful] = (await server.json('/api/v1/doubtful?limit=1')).records;
	await page.see('/review');
	await enter(page, TOKEN);
	const hand = page.locator('main .in-hand');
	await hand.getByRole('button', { name: /^Reject/ }).waitFor();
	await page.settled();
	const was = await hand.locator('h2').innerText();
	assert.deepEqual(await page.axe(), []);
	assert.ok(!page.url().includes(TOKEN), 'the token is in no address');
	// Without a reason nothing is decided: the reason is where one goes on.
	await page.keyboard.press('r');
	await page.getByRole('alert').filter({ hasText: /reason/i }).waitFor();
	assert.ok(await page.evaluate(() => document.activeElement.matches('input')));
	await page.keyboard.type('read amiss');
	await page.keyboard.press('Enter');
	await page.keyboard.press('r');
	await page.getByRole('status').filter({ hasText: /Kept: reject/ }).waitFor();
	await page.settled();
	const [decision] = (await server.json('/api/v1/decisions')).records;
	assert.deepEqual([decision.verdict, decision.by, decision.reason, decision.state], ['reject', 'Ada Desk', 'read amiss', 'holds']);
	assert.ok([doubtful.id, doubtful.reports[0].id].includes(decision.record));
	assert.equal(await there(doubtful.id), false, 'a rejected record is in no register');
	assert.notEqual(await hand.locator('h2').innerText(), was, 'the next one is at hand');
	await page.locator('body').focus();
	await page.keyboard.press('u');
	await page.getByRole('status').filter({ hasText: /Taken back/ }).waitFor();
	await page.settled();
	assert.equal(await there(doubtful.id), true);
	assert.equal(await hand.locator('h2').innerText(), was);
	await page.see('/review?list=1');
	assert.equal(await page.locator(RECORDS).count(), (await server.json('/api/v1/decisions')).records.length);
	page.fine();
	await page.done();
});

test('review: a field is edited on the view of an event, and the register has it', async (t) => {
	const server = await served(t, 'edit', { token: TOKEN });
	const page = await open(browser, server);
	const [visit] = await server.all('/api/v1/visits?who=EGY');
	await page.see('/review');
	await enter(page, TOKEN);
	await page.locator('main .in-hand').waitFor();
	await page.see(`/event/${visit.id}`);
	await page.getByRole('button', { name: /^Edit/ }).click();
	const form = page.getByRole('form', { name: 'Edit' });
	await form.getByLabel('date', { exact: true }).fill('1977-11-20');
	await page.getByLabel('Reason').fill('the day after');
	const kept = page.waitForResponse((r) => r.request().method() === 'POST');
	await form.getByRole('button', { name: /^Set/ }).click();
	assert.equal((await kept).status(), 200);
	const visits = await server.all('/api/v1/visits?who=EGY');
	assert.ok(visits.some((v) => v.date === '1977-11-20'), JSON.stringify(visits.map((v) => v.date)));
	page.fine();
	await page.done();
});
