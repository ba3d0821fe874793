// What every test starts from: `chancery serve` over a store, a Chromium beside it, and pages of it that keep a list of
// whatever went wrong in them. Nothing here sleeps: it waits for the element, the request or the line that it wants.
import assert from 'node:assert/strict';
import { spawn, execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const wanted = (name) => process.env[name] ?? assert.fail(`${name} is not set: run tools/browser.sh BUILD`);
export const CHANCERY = wanted('CHANCERY'); // the program
export const STORES = wanted('STORES'); // the folder where browser.sh put demo.db
export const TOKEN = 'a-token-of-the-browser-tests';
// A record in a list, as all views have it.
export const RECORDS = 'main :is(table.records > tbody > tr:not(.detail), [data-record])';
export const WIDTHS = [1280, 360];

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// A folder of the test file's own, gone when it ends.
export function scratch() {
	const dir = mkdtempSync(join(tmpdir(), 'chancery-browser-'));
	process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
	return dir;
}

// Runs a program of the build; gives what it printed. A status beyond `good` is a failure.
export async function run(program, args, good = [0]) {
	const done = await promisify(execFile)(program, args, { maxBuffer: 64 << 20 }).catch((e) => e);
	const status = done.code ?? 0;
	assert.ok(good.includes(status), `${program} ${args.join(' ')}: status ${status}: ${done.stderr}`);
	return done.stdout;
}
export const chancery = (args, good) => run(CHANCERY, args, good);

// `chancery serve` over the store, at a port of its own: { url, stop }.
export async function serve(store, { token, args = [] } = {}) {
	const env = { ...process.env };
	delete env.CHANCERY_TOKEN;
	delete env.CHANCERY_STORE;
	if (token) env.CHANCERY_TOKEN = token;
	const child = spawn(CHANCERY, ['serve', '--store', store, '--port', '0', ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
	const ended = new Promise((resolve) => child.once('exit', resolve));
	const said = [];
	const url = await new Promise((resolve, reject) => {
		createInterface({ input: child.stderr }).on('line', (line) => {
			said.push(line);
			const at = /http:\/\/\S+/.exec(line);
			if (at) resolve(at[0].replace(/\/$/, ''));
		});
		child.once('error', reject);
		ended.then((status) => reject(new Error(`chancery serve ended with ${status}: ${said.join('\n')}`)));
	});
	return {
		url,
		json: async (path) => {
			const answer = await fetch(url + path, { headers: { Accept: 'application/json' } });
			assert.equal(answer.status, 200, `${path}: ${answer.status}`);
			return answer.json();
		},
		// All records of a list.
		all: async (path) => {
			const answer = await fetch(`${url}${path}${path.includes('?') ? '&' : '?'}limit=0&format=jsonl`);
			assert.equal(answer.status, 200, `${path}: ${answer.status}`);
			return (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
		},
		text: async (path) => {
			const answer = await fetch(url + path);
			assert.equal(answer.status, 200, `${path}: ${answer.status}`);
			return answer.text();
		},
		stop: async () => {
			child.kill('SIGTERM');
			await ended;
		},
	};
}

export async function launch() {
	// Debian's Chromium; its sandbox wants a user that is not root.
	return chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		chromiumSandbox: process.getuid() !== 0,
		args: ['--disable-gpu', '--disable-dev-shm-usage', '--lang=en', '--force-color-profile=srgb'],
	});
}

// A page of the server's, in a profile of its own. `wrong` holds what must not happen in any view.
export async function open(browser, server, { width = 1280, height = width < 600 ? 780 : 900, dark = false, reducedMotion = 'reduce', init } = {}) {
	const context = await browser.newContext({
		baseURL: server.url,
		viewport: { width, height },
		colorScheme: dark ? 'dark' : 'light',
		reducedMotion,
		locale: 'en-GB',
		timezoneId: 'UTC',
		acceptDownloads: true,
	});
	const wrong = [];
	const running = new Set();

	context.on('request', (r) => {
		if (!r.url().startsWith(server.url + '/') && !/^(data|blob|about):/.test(r.url())) wrong.push(`asked elsewhere: ${r.url()}`);
		if (r.resourceType() !== 'eventsource' && !r.url().includes('/stream')) running.add(r);
	});
	for (const end of ['requestfinished', 'requestfailed']) context.on(end, (r) => running.delete(r));
	context.on('page', (p) => {
		p.on('console', (m) => {
			if (m.type() === 'error' || /Content.Security.Policy/i.test(m.text())) wrong.push(`console: ${m.text()} ${m.location().url ?? ''}`);
		});
		p.on('pageerror', (e) => wrong.push(`script: ${e.stack ?? e}`));
		p.on('dialog', (d) => {
			wrong.push(`dialog: ${d.message()}`);
			d.dismiss().catch(() => {});
		});
		p.on('crash', () => wrong.push('the page crashed'));
	});
	await context.addInitScript(() => {
		addEventListener('securitypolicyviolation', (e) => console.error(`CSP: ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
	});
	if (init) await context.addInitScript(init);
	const page = await context.newPage();

	page.setDefaultTimeout(30_000);

	// The view is there: a heading, nothing still being read, no request under way, two frames drawn.
	async function settled() {
		for (;;) {
			await page.waitForFunction(() => document.querySelector('main h1') && !document.querySelector('main [aria-busy="true"]'));
			while (running.size) {
				const r = running.values().next().value;
				await r.response().catch(() => null).then((a) => a?.finished().catch(() => null));
				running.delete(r);
			}
			await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
			if (!running.size && !(await page.locator('main [aria-busy="true"]').count())) return;
		}
	}
	return Object.assign(page, {
		wrong,
		settled,
		see: async (path) => {
			await page.goto(path, { waitUntil: 'load' });
			await settled();
		},
		// Nothing went wrong but for what `but` matches.
		fine: (but = null) => {
			const left = wrong.filter((w) => !but?.test(w));
			assert.deepEqual(left, []);
		},
		// axe-core: serious and critical findings, a line each.
		axe: async (rules) => {
			await page.evaluate(axe);
			return page.evaluate(async (only) => {
				const found = await window.axe.run(document, { preload: false, resultTypes: ['violations'], ...(only && { runOnly: { type: 'rule', values: only } }) });
				return found.violations
					.filter((v) => v.impact === 'serious' || v.impact === 'critical')
					.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary.replace(/\s+/g, ' ')}`));
			}, rules);
		},
		done: () => context.close(),
	});
}

// Presses the key until the focused element fits, at most `times`; gives how often it was pressed.
export async function press_until(page, key, fits, times = 120) {
	for (let n = 1; n <= times; n++) {
		await page.keyboard.press(key);
		if (await page.evaluate(fits)) return n;
	}
	assert.fail(`${times} times ${key} led to nothing that is wanted`);
}

// How many records a CSV text holds: quoted cells may hold line breaks.
export function csv_rows(text) {
	let rows = 0, quoted = false, any = false;
	for (const c of text) {
		if (c === '"') quoted = !quoted;
		if (c === '\n' && !quoted) {
			rows += any;
			any = false;
		} else if (c !== '\r') {
			any = true;
		}
	}
	return rows + any - 1; // without the head
}
