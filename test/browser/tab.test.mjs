// Each view by the Tab key alone: everything that can be operated is reached, in sight, named, not covered, and shows that it has the
// focus; and the last Tab leads out of the page. Nothing moves for whoever wants no motion.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { launch, open, serve, STORES } from './harness.mjs';
import { ids, path_of } from './views.mjs';

const STOPS_MAX = 400;
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

// What the focus is on, and what is wrong with it; null outside the page.
const focused = () => {
	const e = document.activeElement;
	if (!e || e === document.body) return null;
	const box = e.getBoundingClientRect(), style = getComputedStyle(e);
	const named = e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.labels?.[0]?.textContent.trim() || e.textContent.trim();
	const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
	const within = (at, size, all) => Math.min(all - 1, Math.max(0, at + size));
	const over = seen && document.elementFromPoint(within(box.left, Math.min(box.width / 2, 20), innerWidth), within(box.top, box.height / 2, innerHeight));
	// In a chart what has the focus has a thicker line.
	const strokes = [...e.querySelectorAll('rect, circle')].map((s) => parseFloat(getComputedStyle(s).strokeWidth));
	const shown = e instanceof SVGElement ? Math.max(0, ...strokes) >= 2 : style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
	e.dataset.reached = '';
	const wrong = [!seen && 'is not in sight', !named && 'has no name', seen && over && !(e instanceof SVGElement) && !e.contains(over) && !over.contains(e) && `is covered by ${over.className || over.tagName}`, !shown && 'does not show the focus'];
	return wrong.filter(Boolean).map((w) => `${e.tagName.toLowerCase()} "${named.slice(0, 40)}" ${w}`);
};

// What can be operated and was not reached; of a record that several words of a page mark, one is enough (tabindex -1);
// and what is told of the one that was looked at last changes while one goes on.
const missed = () =>
	[...document.querySelectorAll('main :is(a[href], button, input:not([type=hidden]), select, summary, [tabindex="0"])')]
		.filter((e) => e.checkVisibility() && !e.disabled && e.tabIndex >= 0 && !e.closest('.why') && !('reached' in e.dataset))
		.map((e) => e.outerHTML.slice(0, 100));

const walks = [
	['/', 1280], ['/', 360], ['/register/visits', 1280], ['/register/pledges?state=kept', 360], ['/country/EGY', 1280], ['/country/TUV', 360], ['/pair/USA/CHN', 1280],
	['/person/Anwar%20Sadat', 1280], [(k) => `/instrument/${k.instrument}`, 1280], [(k) => `/quote/${k.quote}`, 1280], [(k) => `/event/${k.event}`, 1280],
	[(k) => `/page/${k.page}?record=${k.event}`, 1280], [(k) => `/page/${k.page}?record=${k.event}`, 360], [(k) => `/story/${k.story}`, 1280], ['/stories?pages=1', 360],
	['/search?words=treaty', 1280], ['/agenda', 1280], ['/conflicts', 1280], ['/coverage', 360], ['/unknown', 1280], ['/review', 1280],
];

for (const [path, width] of walks)
	test(`Tab through ${typeof path === 'string' ? path : path({ instrument: 'ID', quote: 'ID', event: 'ID', page: 'ID', story: 'ID' })} at ${width} px`, async (t) => {
		const page = await open(browser, server, { width });
		await page.see(path_of(path, known));
		const wrong = [];
		let stops = 0;
		for (;; stops++) {
			await page.keyboard.press('Tab');
			const found = await page.evaluate(focused);
			if (!found) break;
			wrong.push(...found);
			assert.ok(stops < STOPS_MAX, 'the page is left in the end');
		}
		t.diagnostic(`${stops} stops`);
		assert.deepEqual(wrong, []);
		assert.deepEqual(await page.evaluate(missed), []);
		page.fine();
		await page.done();
	});

test('nothing moves for whoever wants no motion', async () => {
	for (const reducedMotion of ['reduce', 'no-preference']) {
		const page = await open(browser, server, { reducedMotion });
		await page.see('/country/EGY');
		const moves = await page.evaluate(() => [...document.querySelectorAll('*')].filter((e) => {
			const s = getComputedStyle(e);
			return s.scrollBehavior === 'smooth' || s.animationName !== 'none' || s.transitionDuration.split(', ').some((d) => d !== '0s');
		}).length);
		assert.equal(moves > 0, reducedMotion === 'no-preference', `${reducedMotion}: ${moves}`);
		await page.done();
	}
});
