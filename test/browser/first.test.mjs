// The first view, with nothing in the cache: what comes over the wire, and when there is something to read.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { launch, open, serve, STORES } from './harness.mjs';

const BYTES_MAX = 400_000, MS_MAX = 1000;
const TRIES = 5; // the machine may be at something else for a while: one time in so many it is not
let server, browser;

before(async () => {
	server = await serve(join(STORES, 'demo.db'));
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

for (const path of ['/', '/register/visits', '/country/EGY']) {
	test(`first view of ${path}: at most ${BYTES_MAX} bytes, in ${MS_MAX} ms`, async (t) => {
		let content = Infinity;
		for (let n = 0; n < TRIES && content > MS_MAX; n++) {
			const page = await open(browser, server);
			const cdp = await page.context().newCDPSession(page);
			const bytes = new Map();
			let total = 0;
			await cdp.send('Network.enable');
			cdp.on('Network.responseReceived', (e) => bytes.set(e.requestId, e.response.url));
			cdp.on('Network.loadingFinished', (e) => {
				total += e.encodedDataLength;
			});
			await page.goto(path, { waitUntil: 'commit' });
			// The first record (or fact) that can be read.
			await page.waitForSelector('main :is(tbody tr, li, dd)');
			content = Math.min(content, await page.evaluate(() => performance.now()));
			await page.settled();
			t.diagnostic(`${path}: ${total} bytes in ${bytes.size} requests; content after ${Math.round(content)} ms`);
			assert.ok(total > 1000, 'something was counted');
			assert.ok(total <= BYTES_MAX, `${total} bytes: ${[...bytes.values()].join(' ')}`);
			page.fine();
			await page.done();
		}
		assert.ok(content <= MS_MAX, `content after ${Math.round(content)} ms`);
	});
}
