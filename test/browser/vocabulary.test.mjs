// The closed lists that the page's filters offer are those of the program: a type, a mode, a context, a state that one side lacks is a slip.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const quoted = (text, quote) => [...text.matchAll(new RegExp(`${quote}([^${quote}]+)${quote}`, 'g'))].map((m) => m[1]);
const ours = read('web/src/vocabulary.ts');

// The text of `export const NAME … = …;`.
function constant(name) {
	const found = new RegExp(`^export const ${name}\\b[^=]*=([\\s\\S]*?)^[\\]}];`, 'm').exec(ours);
	assert.ok(found, `vocabulary.ts has ${name}`);
	return found[1];
}

const keys = (text) => [...text.matchAll(/^\t(\w+):/gm)].map((m) => m[1]);

test('types of events, in the order of the manual', () => {
	assert.deepEqual(keys(constant('types')), quoted(/CH_EVENT_TABLE\(X\)([\s\S]*?)\n\n/.exec(read('src/doc/tags.h'))[1], '"'));
});

test('quad class and modes of each type', () => {
	const rows = [...read('docs/ontology.md').matchAll(/^\| ([A-Z]+) \| (\d)[^|]*\| [^|]+\| ([^|]+) \|$/gm)];
	const told = Object.fromEntries(rows.map(([, type, quad, modes]) => [type, [quad, modes.replace(/\*ours:\*|[·–]/g, ',').split(',').map((m) => m.trim()).filter(Boolean)]]));
	const held = [...constant('types').matchAll(/^\t(\w+): \{\s*quad: (\d),\s*modes: \[([^\]]*)\]/gm)].map(([, type, quad, modes]) => [type, [quad, quoted(modes, "'")]]);

	assert.equal(rows.length, 16);
	assert.deepEqual(Object.fromEntries(held), told);
});

test('status', () => {
	const table = /## Status([\s\S]*?)\n\n[A-Z]/.exec(read('docs/ontology.md'))[1];
	assert.deepEqual(keys(constant('statuses')), [...table.matchAll(/^\| `(\w+)`/gm)].map((m) => m[1]));
});

test('contexts', () => {
	const files = readdirSync(new URL('lexicon/contexts/', root)).map((f) => read('lexicon/contexts/' + f));
	const told = files.flatMap((text) => [...text.matchAll(/^context (\w+)/gm)].map((m) => m[1]));
	assert.deepEqual(quoted(constant('contexts'), "'").sort(), told.sort());
});

test('what came of plans', () => {
	assert.deepEqual(keys(constant('states')), quoted(/state_names\[\] = \{([^}]*)\}/.exec(read('src/merge/agenda.c'))[1], '"'));
});
