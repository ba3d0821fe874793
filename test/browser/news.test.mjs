// New records as they come: only a tab that is looked at holds a connection for them, and what came while it was not is told after.
import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { chancery, launch, open, scratch, serve, STORES } from './harness.mjs';

const dir = scratch();
let browser, server, store;

before(async () => {
	store = join(dir, 'news.db');
	copyFileSync(join(STORES, 'demo.db'), store);
	server = await serve(store);
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

// A headless browser takes every tab for visible: here a tab is what the test says.
const sight = () => {
	let state = 'visible';
	Object.defineProperty(document, 'visibilityState', { get: () => state });
	window.show = (as) => {
		state = as;
		document.dispatchEvent(new Event('visibilitychange'));
	};
	window.streams = 0;
	const Real = EventSource;
	window.EventSource = class extends Real {
		constructor(url) {
			super(url);
			window.streams++;
			window.began = new Promise((done) => this.addEventListener('place', done, { once: true }));
		}
		close() {
			window.streams -= this.readyState !== 2;
			super.close();
		}
	};
};
const add = (name, text) => {
	writeFileSync(join(dir, name), text);
	return chancery(['add', '--quiet', '--store', store, join(dir, name)], [0, 1]);
};

test('eight overviews in tabs of one browser: those that are not looked at hold no connection', async () => {
	const page = await open(browser, server, { init: sight });
	const tabs = [page];
	await page.see('/');
	for (let n = 1; n < 8; n++) {
		await tabs.at(-1).evaluate(() => window.show('hidden'));
		assert.equal(await tabs.at(-1).evaluate(() => window.streams), 0);
		const tab = await page.context().newPage();
		tab.setDefaultTimeout(20_000);
		await tab.goto('/', { waitUntil: 'load' });
		await tab.locator('main table.records').waitFor();
		assert.equal(await tab.evaluate(() => window.streams), 1);
		tabs.push(tab);
	}
	await tabs.at(-1).evaluate(() => window.show('hidden'));
	await page.evaluate(() => window.show('visible'));
	assert.equal(await page.evaluate(() => window.streams), 1);
	page.fine();
	await page.done();
});

test('what came while a tab was not looked at is told when it is, once', async () => {
	const page = await open(browser, server, { init: sight });
	const notice = page.getByRole('button', { name: /new record/i });
	await page.see('/');
	await page.evaluate(() => window.began);
	await page.evaluate(() => window.show('hidden'));
	await add('one.txt', 'VALLETTA, June 5, 2024 (Meridian Wire)\n\nThe president of Malta paid a visit to Iceland on Monday.\n\nMalta and Iceland signed an agreement on fisheries in Reykjavik on Tuesday.\n');
	assert.equal(await notice.count(), 0);
	await page.evaluate(() => window.show('visible'));
	await notice.waitFor();
	const first = await notice.innerText();
	// Away and back again: the same records are not told twice, and the next one is.
	await page.evaluate(() => window.show('hidden'));
	await page.evaluate(() => window.show('visible'));
	await page.evaluate(() => window.began);
	assert.equal(await notice.innerText(), first);
	await add('two.txt', 'VALLETTA, June 9, 2024 (Meridian Wire)\n\nThe president of Malta paid a visit to Peru on Friday.\n\nMalta and Peru signed an agreement on tourism in Lima on Saturday.\n');
	await page.waitForFunction((was) => document.querySelector('main .news button')?.innerText !== was, first);
	assert.equal(parseInt(await notice.innerText(), 10), 2 * parseInt(first, 10));
	page.fine();
	await page.done();
});
