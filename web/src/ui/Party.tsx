import { useApi, API } from '../api';

interface Known {
	code: string;
	name: string;
}

// Names of states and organisations by their code; a code that is none of them is the name that pages use.
export function useNames(): Map<string, string> {
	const { data } = useApi<{ records: Known[] }>(API + '/parties');
	return new Map(data?.records.map((p) => [p.code, p.name]));
}

const isCode = (party: string) => /^[A-Z][A-Z0-9_-]{1,11}$/.test(party);

export function Party({ code, names }: { code: string; names?: Map<string, string> }) {
	const name = names?.get(code) ?? code;

	return (
		<a class="party" href={(isCode(code) ? '/country/' : '/person/') + encodeURIComponent(code)} title={name === code ? undefined : code}>
			{name}
		</a>
	);
}

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
