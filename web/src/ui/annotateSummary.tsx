// A record in a line: what a list of records of many kinds shows of each.
import { useNames } from './Party';
import { day, range } from './When';
import { inWords } from '../vocabulary';

type Fields = Record<string, unknown>;

const words = (v: unknown): string => (typeof v === 'string' ? v : typeof v === 'number' ? String(v) : '');
const short = (text: string, n = 110): string => (text.length > n ? text.slice(0, text.lastIndexOf(' ', n)).replace(/[,;:]$/, '') + ' …' : text);

export function dateInWords(date: unknown): string {
	if (typeof date !== 'string' || !date) return '';
	const [from, to] = date.split('/');
	return to ? range(from!, to) : day(date);
}

// Names of parties: "SUN, USA" or a list of codes.
export function partiesInWords(of: unknown, names: Map<string, string>): string {
	const list = Array.isArray(of) ? (of as string[]) : words(of).split(/[,;] /);
	return list.filter(Boolean).map((p) => names.get(p) ?? p).join(', ');
}

const joined = (parts: string[], by: string) => parts.filter(Boolean).join(by);

export function summaryOf(kind: string, r: Fields, names: Map<string, string>): string {
	const p = (field: string) => partiesInWords(r[field], names);
	const d = (field: string) => dateInWords(r[field]);
	const w = (field: string) => words(r[field]);

	switch (kind) {
		case 'events': {
			const what = w('mode') || w('type');
			return joined([joined([p('source'), p('target')], ' → '), joined([inWords(what), d('date')], ', ')], ': ');
		}
		case 'quotes':
			return joined([w('speaker') || 'somebody', `“${short(w('text'))}”`], ': ');
		case 'instruments':
			return joined([w('title') || inWords(w('kind')), p('parties'), joined([inWords(w('status')), d('date')], ' ')], ', ');
		case 'roles':
			return joined([w('who'), joined([w('role'), p('body')], ', ')], ': ');
		case 'positions':
			return joined([p('who'), w('stance'), short(w('about'))], ' ');
		case 'tallies':
			return joined([p('who'), joined([w('count'), w('what'), d('period')], ' ')], ': ');
		case 'pledges':
			return joined([p('who'), joined([short(w('what')), d('due') && 'by ' + d('due')], ', ')], ': ');
		case 'gatherings':
			return joined([w('name') || inWords(w('kind')), p('participants'), d('date')], ', ');
		case 'initiatives':
			return joined([w('name'), p('founders'), d('founded')], ', ');
		case 'relations':
			return joined([p('parties'), joined([w('level'), w('change'), d('since')], ' ')], ': ');
		case 'marks':
			return joined([w('mark'), short(w('about'))], ': ');
		default:
			return w('title') || w('name') || w('id');
	}
}

export function Summary({ kind, record }: { kind: string; record: Fields }) {
	return <>{summaryOf(kind, record, useNames())}</>;
}
