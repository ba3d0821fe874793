// The structure of every view on the demo store against test/browser/golden/NAME.txt. `make browser REWRITE=--rewrite` writes them
// anew, and small pictures for people (shots/); `git diff` is the review.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { launch, open, serve, STORES } from './harness.mjs';
import { structure } from './structure.mjs';
import { ids, path_of, views } from './views.mjs';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const file = (view) => view.name.replace(/\W+/g, '-'); // of a view, without its tail
const rewrite = !!process.env.REWRITE;
let server, browser, known;

before(async () => {
	server = await serve(join(STORES, 'demo.db'));
	browser = await launch();
	known = await ids(server);
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

// 320 pixels wide, of what 1280 show.
async function shoot(view) {
	const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 800 }, deviceScaleFactor: 0.25, reducedMotion: 'reduce' });
	const page = await context.newPage();
	await page.goto(path_of(view.path, known));
	await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('main [aria-busy="true"]'));
	mkdirSync(join(here, 'shots'), { recursive: true });
	writeFileSync(join(here, 'shots', file(view) + '.jpg'), await page.screenshot({ type: 'jpeg', quality: 50 }));
	await context.close();
}

describe('structure', () => {
	for (const view of views) {
		test(`${view.name}: structure`, async () => {
			const page = await open(browser, server);
			const golden = join(here, 'golden', file(view) + '.txt');
			await page.see(path_of(view.path, known));
			const got = await structure(page, server.url);
			await page.done();
			if (rewrite) {
				writeFileSync(golden, got);
				await shoot(view);
			}
			assert.ok(existsSync(golden), `no ${golden}: make browser REWRITE=--rewrite`);
			assert.equal(got, readFileSync(golden, 'utf8'), 'make browser REWRITE=--rewrite writes it anew');
		});
	}
	test('no structure is kept of a view that is gone', () => {
		const names = new Set(views.map((v) => file(v) + '.txt'));
		assert.deepEqual(readdirSync(join(here, 'golden')).filter((f) => !names.has(f)), []);
	});
});
