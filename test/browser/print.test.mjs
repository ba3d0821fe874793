// On paper: nothing that is there to be operated, light whatever the screen is, charts as wide as the sheet, and no column beside it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { launch, open, serve, STORES } from './harness.mjs';

const SHEET = 688; // pixels that A4 has between margins of 14 mm
let server, browser;

before(async () => {
	server = await serve(join(STORES, 'demo.db'));
	browser = await launch();
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

for (const path of ['/country/EGY', '/pair/USA/CHN', '/register/events?who=EGY', '/'])
	test(`${path} on paper`, async () => {
		const page = await open(browser, server, { dark: true });
		await page.see(path);
		const wide = await page.locator('.drawing > svg').evaluateAll((all) => all.map((s) => s.clientWidth));
		// Behind the chart's own listener: what it has drawn by then.
		await page.evaluate(() => addEventListener('beforeprint', () => {
			window.printed = [...document.querySelectorAll('.drawing > svg, .drawing > .plot > svg')].map((s) => Number(s.getAttribute('width')));
		}));
		const pdf = await page.pdf({ preferCSSPageSize: true, format: 'A4' });
		assert.ok(pdf.length > 10_000);
		const printed = await page.evaluate(() => window.printed);
		assert.ok(printed.length >= wide.length && printed.every((w) => w <= SHEET), `charts of ${printed} px`);
		await page.waitForFunction((before) => [...document.querySelectorAll('.drawing > svg')].every((s, i) => s.clientWidth === before[i]), wide);

		await page.setViewportSize({ width: SHEET, height: 1000 });
		await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
		assert.deepEqual(await page.evaluate(() => document.documentElement.scrollWidth), SHEET);
		assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
		const operated = await page.locator('button, select, input, summary, header nav').evaluateAll((all) => all.filter((e) => e.checkVisibility() && !e.closest('.filters.set')).map((e) => e.outerHTML.slice(0, 80)));
		assert.deepEqual(operated, []);
		assert.ok(await page.locator('h1').isVisible());
		if (path.startsWith('/register')) assert.match(await page.locator('main').innerText(), /who Egypt/, 'what was asked is told');
		assert.equal(await page.locator('main table.records thead').evaluate((e) => getComputedStyle(e).display), 'table-header-group', 'rows are rows, their heads on every sheet');
		page.fine();
		await page.done();
	});
