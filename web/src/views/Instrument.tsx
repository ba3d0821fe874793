// An instrument: parties, signature, what it provides for, all pages that tell of it, and what its parties did on its day.
import { useRoute } from 'preact-iso';
import { apiPath, queryText, useApi } from '../api';
import { Parties } from '../ui/Party';
import { Sentence } from '../ui/Sentence';
import { Source } from '../ui/Source';
import { State } from '../ui/State';
import { Table } from '../ui/Table';
import { Title } from '../ui/Title';
import { When } from '../ui/When';
import { inWords } from '../vocabulary';
import { Facts } from './Ledger';
import { registers } from './registers';
import type { Row } from '../types';

interface Told extends Row {
	title: string | null;
	kind: string | null;
	parties: string[];
	date: string | null;
	place: string | null;
	status: string | null;
	provides: string | null;
	sentence: string;
}

interface Profile {
	instrument: Told;
	tellings: Told[];
	events: Row[];
}

// What several pages say, each once, most often first.
function said<T>(rows: Told[], of: (r: Told) => T | null, key: (v: T) => string): T[] {
	const times = new Map<string, { value: T; n: number }>();
	for (const r of rows) {
		const value = of(r);
		if (value === null || value === undefined || value === '') continue;
		const known = times.get(key(value));
		if (known) known.n++;
		else times.set(key(value), { value, n: 1 });
	}
	return [...times.values()].sort((a, b) => b.n - a.n).map((v) => v.value);
}

export function Instrument() {
	const { params } = useRoute();
	const asked = useApi<Profile>(apiPath('/instruments/' + encodeURIComponent(params.id ?? '')));
	const i = asked.data?.instrument;

	return (
		<>
			<Title text={i ? i.title ?? `An untitled ${i.kind ?? 'instrument'}` : 'Instrument'}>
				{i && i.parties.length > 1 && <a href={`/pair/${encodeURIComponent(i.parties[0]!)}/${encodeURIComponent(i.parties[1]!)}`}>Both parties</a>}
				{i && (
					<a href={apiPath('/instruments', { who: i.parties[0], with: i.parties[1], about: i.title, format: 'csv' })} download="instrument.csv">
						CSV
					</a>
				)}
			</Title>
			<State of={asked}>{(d) => <Body of={d} />}</State>
		</>
	);
}

function Body({ of }: { of: Profile }) {
	const i = of.instrument;
	const all = of.tellings.length ? of.tellings : [i];
	const text = (v: string) => v;
	const dates = said(all, (r) => r.date, text);
	const states = said(all, (r) => r.status, text);
	const places = said(all, (r) => r.place, text);
	const titles = said(all, (r) => r.title, text).filter((t) => t !== i.title);
	const provisions = said(all, (r) => r.provides, text);
	const pages = new Set(all.map((r) => r.page?.id)).size;

	return (
		<>
			<Facts
				facts={[
					{ name: 'Kind', value: inWords(i.kind ?? 'unsaid') },
					{ name: 'Parties', value: i.parties.length ? <Parties of={i.parties} /> : 'unsaid' },
					{
						name: dates.length > 1 ? 'Date (pages differ)' : 'Date',
						value: dates.length ? dates.map((d, n) => [n > 0 && '; ', <When key={d} date={d} />]) : <When date={null} />,
					},
					places.length > 0 && { name: 'Place', value: <Parties of={places} /> },
					{ name: 'Status', value: states.length ? states.map(inWords).join('; ') : 'unsaid' },
					{ name: 'Told by', value: pages === 1 ? 'one page' : `${pages} pages` },
				]}
			/>
			{titles.length > 0 && <p class="note">Also: {titles.join('; ')}</p>}
			<section>
				<h2>What it provides for</h2>
				{provisions.length ? (
					<ul class="plain">
						{provisions.map((p) => (
							<li key={p} class="words">
								{p}
							</li>
						))}
					</ul>
				) : (
					<p class="note nothing">No page tells what it provides for.</p>
				)}
			</section>
			<section>
				<h2>Who tells of it</h2>
				<ul class="plain">
					{all.map((r) => (
						<li key={r.id} aria-current={r.id === i.id ? 'true' : undefined}>
							<span class="words">
								<Sentence text={r.sentence} marked={r.title && r.sentence.includes(r.title) ? r.title : r.kind} />
							</span>{' '}
							<Source page={r.page} record={r.id} />
						</li>
					))}
				</ul>
			</section>
			<section>
				<div class="heads">
					<h2>What its parties did then</h2>
					{i.parties.length > 0 && i.date && (
						<p class="links">
							<a href={'/register/events' + queryText({ who: i.parties[0], with: i.parties[1], since: i.date, until: i.date })}>As a register</a>
						</p>
					)}
				</div>
				{of.events.length ? <Table register={registers.events!} rows={of.events} caption="Events of its parties on its day" /> : <p class="note nothing">The record tells of nothing else that its parties did {i.date ? 'then' : '(it is undated)'}.</p>}
			</section>
		</>
	);
}
