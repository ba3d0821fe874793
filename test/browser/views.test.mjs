// Every view on the demo store: it opens by its URL, says what it is, can be had as CSV, says so where there is nothing,
// fits a phone, and axe-core finds nothing serious in it, light or dark.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { csv_rows, launch, open, RECORDS, serve, STORES, WIDTHS } from './harness.mjs';
import { ids, path_of, views } from './views.mjs';

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

// How many records the view holds: the list is followed to its end.
async function all_rows(page) {
	let rows = await page.locator(RECORDS).count();

	for (;;) {
		const next = page.locator('main a[rel=next]');
		if (!(await next.count())) return rows;
		const was = page.url();
		await next.click();
		await page.waitForURL((u) => u.href !== was);
		await page.settled();
		rows += await page.locator(RECORDS).count();
	}
}

// What reaches beyond the right edge of the window, named.
const too_wide = () => {
	const beyond = document.documentElement.scrollWidth - innerWidth;
	if (beyond <= 0) return [];
	return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5)
		.map((e) => `${e.tagName.toLowerCase()}.${e.className} by ${Math.round(e.getBoundingClientRect().right - innerWidth)} px`);
};

describe('every view', () => {
	for (const view of views) {
		test(`${view.name}: opens by its URL, at 1280 and 360 px, in light and dark`, async () => {
			for (const width of WIDTHS) {
				const page = await open(browser, server, { width });
				await page.see(path_of(view.path, known));
				assert.equal(await page.locator('h1').count(), 1, 'one h1');
				assert.doesNotMatch(await page.locator('h1').innerText(), /no such/, 'the view is there');
				assert.match(await page.title(), /\S+ · chancery$/);
				assert.equal(await page.locator('main').count(), 1, 'one main');
				assert.deepEqual(await page.axe(), [], `axe at ${width} px, light`);
				await page.emulateMedia({ colorScheme: 'dark' });
				assert.deepEqual(await page.axe(['color-contrast']), [], `axe at ${width} px, dark`);
				assert.deepEqual(await page.evaluate(too_wide), [], `nothing beyond the edge at ${width} px`);
				page.fine();
				await page.done();
			}
		});

		if (view.csv !== false) {
			test(`${view.name}: its CSV link gives as many records as are shown`, async () => {
				const page = await open(browser, server);
				await page.see(path_of(view.path, known));
				const href = await page.locator('main a[href*="format=csv"]').first().getAttribute('href');
				const answer = await fetch(new URL(href, server.url));
				assert.equal(answer.status, 200);
				assert.match(answer.headers.get('content-type'), /^text\/csv/);
				const rows = await all_rows(page);
				assert.ok(rows > 0 || view.bare, 'the demo has some');
				const given = csv_rows(await answer.text());
				if (view.part) assert.ok(given > 0);
				else assert.equal(given, rows);
				page.fine();
				await page.done();
			});
		}

		if (view.empty) {
			test(`${view.name}: says so where there is nothing`, async () => {
				const page = await open(browser, server);
				await page.see(path_of(view.empty, known));
				assert.equal(await page.locator('h1').count(), 1);
				assert.equal(await page.locator(RECORDS).count(), 0);
				assert.match(await page.locator('main').innerText(), /\b(no|nobody|nothing|none)\b/i);
				assert.deepEqual(await page.axe(), []);
				page.fine(/status of 404/);
				await page.done();
			});
		}
	}
});

for (const [path, heading, leads] of [
	['/page/nothing', 'Page', '/'], ['/story/nothing', 'Story', '/'], ['/quote/nothing', 'Quotation', '/'], ['/event/nothing', 'Record', '/'], ['/instrument/nothing', 'Instrument', '/'],
	['/country/Ruritania', 'Ruritania', '/search?words=%22Ruritania%22'], ['/person/Nobody%20Known', 'Nobody Known', '/search?words=%22Nobody+Known%22'],
])
	test(`${path}: what there is not is said under its heading, with a way on`, async () => {
		const page = await open(browser, server);
		await page.see(path);
		assert.deepEqual(await page.locator('h1').allInnerTexts(), [heading]);
		assert.equal(await page.title(), `${heading} · chancery`);
		const said = page.locator('main .nothing');
		assert.match(await said.innerText(), /^(?=[A-Z]).*\b(no|nothing|nobody|Nothing|No|Nobody)\b/);
		assert.equal(await said.locator('a').getAttribute('href'), leads);
		assert.equal(await page.getByRole('alert').count(), 0, 'that is no failure');
		assert.deepEqual(await page.axe(), []);
		page.fine(/status of 404/);
		await page.done();
	});

test('a path that is no view says so, and leads back', async () => {
	const page = await open(browser, server);
	await page.see('/no/such/view');
	assert.equal(await page.locator('h1').count(), 1);
	assert.ok(await page.locator('a[href="/"]').count());
	page.fine(/status of 404/);
	await page.done();
});
