// What writes: decisions behind a token; and what comes by itself: new records on a page that is open.
import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { chancery, launch, open, scratch, serve, STORES, TOKEN } from './harness.mjs';

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
	writeFileSync(join(dir, 'new.txt'), 'VALLETTA, June 3, 1981 (Meridian Wire)\n\nThe president of Malta paid a visit to Iceland on Monday.\n\nMalta and Iceland signed an agreement on fisheries in Reykjavik on Tuesday.\n');
	assert.ok(!was.includes('Reykjavik'));
	await chancery(['add', '--quiet', '--store', server.store, join(dir, 'new.txt')], [0, 1]);
	const notice = page.getByRole('button', { name: /new record/i });
	await notice.waitFor();
	assert.ok(!(await page.locator('main').innerText()).includes('Iceland'), 'the list has not moved by itself');
	await notice.click();
	await page.getByText(/Iceland/).first().waitFor();
	page.fine();
	await page.done();
});
