// Pages that were written to get out of their place: markup, script URLs, overrides of direction, words without end, NUL. Every view
// shows them as text: no script runs, nothing is asked elsewhere, links lead to http and https or to this server, and nothing breaks the page.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { chancery, launch, open, scratch, serve, WIDTHS } from './harness.mjs';
import { registers } from './views.mjs';

const run = (n) => `<script>window.ran=${n}</script>`;
const image = (n) => `"><img src=x onerror="window.ran=${n}">`;
const LONG = 'Verylongword'.repeat(834); // 10,008 characters
const RLO = '\u202e', LRI = '\u2066';

// What each page says of itself, and its text: sentences that make records, with the poison in names, titles and quotations.
const pages = [
	{
		url: 'javascript:window.ran=1//news',
		title: `President ${run(2)} visits Cairo`,
		outlet: `Daily ${image(3)}`,
		author: `Ada ${run(4)}`,
		date: '1977-11-21',
		text: [
			`The president of France, Jean ${image(5)}, paid a visit to Egypt on Monday.`,
			`"We will sign the treaty ${run(6)} tomorrow", Foreign Minister ${run(7)} Maher said on Monday.`,
			`France and Egypt signed the "Treaty of ${image(8)} Friendship" in Cairo on Monday.`,
			`France has pledged to give ${run(9)} 20 million dollars to Egypt by 1980.`,
			`${run(10)} It was the third visit of a French president to Egypt this year.`,
			'Egyptian President Anwar Sadat met French President <b onmouseover="window.ran=11">Giscard</b> in Cairo.',
		].join('\n'),
	},
	{
		url: 'data:text/html,<script>window.ran=12</script>',
		title: `${RLO}Treaty signed in Paris${LRI}`,
		outlet: `Le ${RLO}Monde`,
		date: '1977-11-22',
		text: [
			`The prime minister of Italy, ${RLO}Giulio Andreotti, paid a visit to Spain on Tuesday.`,
			`"Peace ${RLO}is near ${LRI}and dear", Italian Prime Minister Giulio Andreotti said on Tuesday.`,
			'Spain and Italy signed an agreement on trade in Madrid on Tuesday.',
		].join('\n'),
	},
	{
		url: `https://example.org/${LONG}`,
		title: `Summit ${LONG}`,
		outlet: LONG,
		author: LONG,
		date: '1977-11-23',
		text: [
			`The president of Brazil, ${LONG}, paid a visit to Peru on Wednesday.`,
			`"Our friendship is ${LONG}", President of Brazil Ernesto Geisel said in Lima on Wednesday.`,
			'Brazil and Peru signed a treaty of friendship in Lima on Wednesday.',
		].join('\n'),
	},
	{
		url: 'https://example.org/nul?a=1&b="><script>window.ran=13</script>',
		title: 'Talks \u0000 in Bonn \u{1f600}\u{1f468}\u200d\u{1f469}\u200d\u{1f467} &lt;script&gt;window.ran=14&lt;/script&gt;',
		outlet: "O'Brien's \\u0000 ${window.ran=15} {{window.ran=16}}",
		date: '1977-11-24',
		text: [
			'The chancellor of Germany \u{1f600}, Helmut Schmidt, paid a visit to Poland on Thursday \u0000 evening.',
			'"We \u{1f600} agree on everything \ufffe\uffff", German Chancellor Helmut Schmidt said in Warsaw on Thursday.',
			'=HYPERLINK("http://example.org/") Germany and Poland signed an agreement on trade in Warsaw on Thursday.',
		].join('\n'),
	},
];

let server, browser, dir, known;

before(async () => {
	dir = scratch();
	writeFileSync(join(dir, 'pages.jsonl'), pages.map((p) => JSON.stringify(p)).join('\n') + '\n');
	// The same as HTML, where markup is in the source as entities.
	const escape = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
	pages.forEach((p, i) =>
		writeFileSync(
			join(dir, `page${i}"><img src=x onerror=window.ran=17>.html`.replace(/\//g, '')),
			`<!doctype html><html><head><meta charset=utf-8><title>${escape(p.title)}</title><meta property="og:site_name" content="${escape(p.outlet)}">` +
				`<link rel=canonical href="${escape(p.url)}"><meta name=author content="${escape(p.author ?? '')}"><meta property="article:published_time" content="${p.date}"></head>` +
				`<body><article><h1>${escape(p.title)}</h1>${p.text.split('\n').map((s) => `<p>${escape(s)}</p>`).join('')}</article></body></html>`,
		),
	);
	await chancery(['add', '--quiet', '--store', join(dir, 'hostile.db'), dir], [0, 1]);
	server = await serve(join(dir, 'hostile.db'));
	browser = await launch();
		known = { pages: await server.all('/api/v1/pages'), events: await server.all('/api/v1/events'), quotes: await server.all('/api/v1/quotes'), instruments: await server.all('/api/v1/instruments'), stories: await server.all('/api/v1/stories') };
});
after(async () => {
	await browser?.close();
	await server?.stop();
});

async function harmless(page, path) {
	await page.see(path);
	// What can be opened, is: of rows the first.
	for (const b of (await page.locator('main button[aria-expanded=false]').all()).slice(0, 8)) await b.click({ timeout: 5000 }).catch(() => {});
	await page.settled();
	const found = await page.evaluate((origin) => {
		const bad = [];
		if (window.ran !== undefined) bad.push(`script ${window.ran} ran`);
		for (const s of document.querySelectorAll('script')) if (!s.src.startsWith(origin + '/')) bad.push(`a script: ${s.outerHTML.slice(0, 80)}`);
		for (const e of document.querySelectorAll('img, iframe, object, embed, base, style, meta[http-equiv], form[action^="javascript"]')) bad.push(`an element: ${e.outerHTML.slice(0, 80)}`);
		for (const e of document.querySelectorAll('*')) for (const a of e.attributes) if (/^on/i.test(a.name)) bad.push(`an attribute: ${a.name} of ${e.tagName}`);
		for (const a of document.querySelectorAll('[href], [src], [action]')) {
			for (const name of ['href', 'src', 'action']) {
				const value = a.getAttribute(name);
				if (value !== null && !/^https?:$/.test(new URL(value, location.href).protocol)) bad.push(`a link: ${value.slice(0, 80)}`);
			}
		}
		// An override of direction ends with the piece of text that it is in: before the block ends, or what isolates it.
		const close = { '\u202c': /[\u202a\u202b\u202d\u202e]/, '\u2069': /[\u2066-\u2068]/ };
		const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
		for (let n = walk.nextNode(); n; n = walk.nextNode()) {
			if (!/[\u202a-\u202e]/.test(n.data)) continue;
			let e = n.parentElement;
			while (getComputedStyle(e).display === 'inline' && !/isolate|plaintext/.test(getComputedStyle(e).unicodeBidi)) e = e.parentElement;
			const open = [];
			for (const c of e.textContent) {
				if (/[\u202a\u202b\u202d\u202e\u2066-\u2068]/.test(c)) open.push(c);
				else if (close[c]?.test(open.at(-1) ?? '')) open.pop();
			}
			if (open.length && e.textContent.trim() !== n.data.trim()) bad.push(`direction leaks: "${e.textContent.slice(0, 60)}"`);
		}
		return [...new Set(bad)];
	}, server.url);
	assert.deepEqual(found, [], path);
	for (const width of WIDTHS) {
		await page.setViewportSize({ width, height: 800 });
		const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		assert.ok(beyond <= 0, `${path} at ${width} px: ${beyond} px beyond the edge`);
	}
	assert.equal(await page.evaluate(() => window.ran), undefined, path);
	page.fine(/status of 404/); // a country that there is not
}

const groups = {
	overview: () => ['/'],
	registers: () => registers.map((r) => `/register/${r}`),
	pages: () => known.pages.map((p) => `/page/${p.id}`),
	sentences: () => [...known.events.map((e) => `/page/${e.reports[0].page.id ?? e.reports[0].page}?record=${e.id}`), ...known.quotes.map((q) => `/page/${q.page.id ?? q.page}?record=${q.id}`)].slice(0, 8),
	events: () => known.events.slice(0, 6).map((e) => `/event/${e.id}`),
	quotes: () => known.quotes.map((q) => `/quote/${q.id}`),
	instruments: () => known.instruments.map((i) => `/instrument/${i.id}`),
	stories: () => ['/stories', ...known.stories.map((s) => `/story/${s.id}`)],
	people: () => [...new Set(known.quotes.map((q) => q.speaker).filter(Boolean)), `<img src=x onerror="window.ran=20">`].map((p) => `/person/${encodeURIComponent(p)}`),
	countries: () => ['FRA', 'DEU', '"><img src=x onerror=window.ran=21>'].map((c) => `/country/${encodeURIComponent(c)}`),
	pairs: () => ['/pair/FRA/EGY', '/pair/DEU/POL'],
	search: () => ['script', 'visit', '<script>window.ran=22</script>', '"><img src=x onerror=window.ran=23>'].map((w) => `/search?words=${encodeURIComponent(w)}`),
	lists: () => ['/agenda', '/conflicts', '/coverage'],
	filters: () => ['/register/events?who=%3Cscript%3Ewindow.ran%3D24%3C/script%3E', '/register/events?about=%22%3E%3Cimg%20src=x%20onerror=window.ran=25%3E'],
};

describe('hostile pages', () => {
	for (const [name, paths] of Object.entries(groups)) {
		test(`hostile pages: ${name}`, async () => {
			assert.ok(known.events.length > 5 && known.quotes.length > 3 && known.instruments.length > 1, 'records were made of them');
			const page = await open(browser, server);
			for (const path of paths()) await harmless(page, path);
			await page.done();
		});
	}
});

test('hostile pages: CSV cells begin no formula', async () => {
	for (const register of ['events', 'pages', 'instruments', 'quotes']) {
		const text = await server.text(`/api/v1/${register}?limit=0&format=csv`);
		assert.ok(!/(^|[,"\n])"?=HYPERLINK/.test(text.replace(/""/g, "''")), register);
	}
});
