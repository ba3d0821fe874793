// web/dist is in the repository so that nobody needs npm to build the program: it must be what web/src gives, name by name and byte by byte.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { scratch } from './harness.mjs';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..', '..');

function files(dir, below = '') {
	return readdirSync(join(dir, below), { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(dir, join(below, e.name)) : [join(below, e.name)])).sort();
}

test('web/dist is what web/src gives', async () => {
	const built = scratch(), dist = join(root, 'web', 'dist');
	const done = await promisify(execFile)('sh', [join(root, 'tools', 'web.sh'), built]).catch((e) => e);
	assert.equal(done.code ?? 0, 0, `${done.stdout}${done.stderr}`);
	assert.deepEqual(files(dist), files(built), 'make web, and commit web/dist');
	for (const f of files(dist)) assert.ok(readFileSync(join(dist, f)).equals(readFileSync(join(built, f))), `${f} differs: make web, and commit web/dist`);
});
