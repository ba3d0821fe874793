// What fields offer while one types.
import { API, apiPath, get } from '../api';
import type { Known } from './Party';
import type { Offer } from './Suggest';

let parties: Promise<Known[]> | undefined;

function known(): Promise<Known[]> {
	parties ??= get<{ records: Known[] }>(API + '/parties').then((d) => d.records);
	parties.catch(() => (parties = undefined));
	return parties;
}

// States and organisations, by the beginning of the code, of the name, or of a word of the name, in this order.
export async function offerParties(typed: string): Promise<Offer[]> {
	const want = typed.toLowerCase();
	const rank = (p: Known) => {
		const name = p.name.toLowerCase();
		return p.code.toLowerCase() === want ? 0 : name.startsWith(want) ? 1 : p.code.toLowerCase().startsWith(want) ? 2 : name.includes(' ' + want) ? 3 : 4;
	};
	const list = await known().catch(() => []);

	return list
		.map((p) => ({ p, r: rank(p) }))
		.filter(({ r }) => r < 4)
		.sort((a, b) => a.r - b.r || a.p.name.localeCompare(b.p.name))
		.slice(0, 8)
		.map(({ p }) => ({ key: p.kind + p.code, value: p.code, name: p.name, kind: p.code }));
}

interface Suggestion {
	kind: string;
	id?: string;
	code?: string | null;
	name: string;
}

// Parties at once; then, where they are few, people of the record by their names.
export async function offerSides(typed: string): Promise<Offer[]> {
	const sides = await offerParties(typed);
	if (sides.length > 4 || typed.length < 2) return sides;
	const people = (await suggest(typed)).filter((o) => o.key.startsWith('person'));

	return [...sides, ...people];
}

// Parties, people and instruments of the record.
export async function suggest(typed: string): Promise<Offer[]> {
	const { records } = await get<{ records: Suggestion[] }>(apiPath('/suggest', { words: typed, each: 5 })).catch(() => ({ records: [] as Suggestion[] }));

	return records.map((s) => ({
		key: s.kind + (s.id ?? s.code ?? s.name),
		value: s.name,
		name: s.name,
		kind: s.code ?? s.kind,
		href: s.kind === 'person' ? '/person/' + encodeURIComponent(s.name) : s.kind === 'instrument' ? '/instrument/' + s.id : '/country/' + encodeURIComponent(s.code ?? s.name),
	}));
}
