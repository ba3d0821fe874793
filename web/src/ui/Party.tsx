import { useOnce, API } from '../api';

export interface Known {
	code: string;
	name: string;
	kind?: string;
	adjective?: string | null;
}

const none: Map<string, string> = new Map();
const made = new WeakMap<Known[], Map<string, string>>();

// Names of states and organisations by their code, asked once a visit; empty until they are there. Of a code that is both's, the state's.
export function useNames(): Map<string, string> {
	const known = useOnce<{ records: Known[] }>(API + '/parties')?.records;

	if (!known) return none;
	let names = made.get(known);
	if (!names) {
		names = new Map();
		for (const p of known) if (p.kind === 'state' || !names.has(p.code)) names.set(p.code, p.name);
		made.set(known, names);
	}
	return names;
}

const noneTwice: Map<string, Known[]> = new Map();
const twice = new WeakMap<Known[], Map<string, Known[]>>();

// Codes that are a state's and an organisation's, each with both.
export function useTwofold(): Map<string, Known[]> {
	const known = useOnce<{ records: Known[] }>(API + '/parties')?.records;

	if (!known) return noneTwice;
	let codes = twice.get(known);
	if (!codes) {
		codes = new Map();
		for (const p of known) codes.set(p.code, [...(codes.get(p.code) ?? []), p]);
		for (const [code, all] of codes) if (all.length < 2) codes.delete(code);
		twice.set(known, codes);
	}
	return codes;
}

// Which of the two the words tell of, by their names; where that is not to be told, both.
export function meant(both: Known[], words: string): string {
	const named = both.filter((p) => words.includes(p.name) || (p.adjective && words.includes(p.adjective)));

	return named.length === 1 ? named[0]!.name : both.map((p) => p.name).join(' or ');
}

// What a question asks by a code, in words: whom it is of, both where it is two's; what is no code, as it is.
export function useNamed(): (asked: string) => string {
	const names = useNames();
	const twofold = useTwofold();

	return (asked) => twofold.get(asked)?.map((p) => p.name).join(' or ') ?? names.get(asked) ?? asked;
}

const isCode = (party: string) => /^[A-Z][A-Z0-9_-]{1,11}$/.test(party);

// A state or organisation leads to its page; who has no code, to what is told of him by that name.
export function Party({ code, names }: { code: string; names?: Map<string, string> }) {
	const known = useNames();
	const name = names?.get(code) ?? known.get(code) ?? code;

	return (
		<a class="party" href={isCode(code) ? '/country/' + encodeURIComponent(code) : '/register/events?who=' + encodeURIComponent(code)} title={name === code ? undefined : code}>
			{name}
		</a>
	);
}

// Of a list, or of a text such as "SUN, USA".
export function Parties({ of, names }: { of: unknown; names?: Map<string, string> }) {
	const list = Array.isArray(of) ? (of as string[]) : typeof of === 'string' && of ? of.split(/[,;] /) : [];

	return (
		<>
			{list.map((code, i) => (
				<span key={code}>
					{i > 0 && ', '}
					<Party code={code} names={names} />
				</span>
			))}
		</>
	);
}

export function Person({ name }: { name: string }) {
	return <a href={'/person/' + encodeURIComponent(name)}>{name}</a>;
}
