// A register, narrowed to what a profile is about: the same table, paging, CSV and empty state as the register's own view.
import type { ComponentChildren } from 'preact';
import { useRoute } from 'preact-iso';
import { apiPath, getOn, queryText, useApi, type Query } from '../api';
import { Paging } from '../ui/Paging';
import { State } from '../ui/State';
import { Table } from '../ui/Table';
import { listOf, registers } from './registers';
import './profile.css';
import type { List, Row } from '../types';

interface Props {
	name: string;
	narrowed: Query; // filters of the API
	about: string; // "France", for headings and empty states
	limit?: number; // the newest so many, and a link to the rest; else all, page by page
	after?: string; // where the page begins
}

export function Ledger({ name, narrowed, about, limit, after }: Props) {
	const register = registers[name]!;
	const asked = useApi<List<Row>>(apiPath(listOf(name), { newest: 1, ...narrowed, limit, after }), 0, getOn<Row>(1));
	const what = register.title.toLowerCase();

	return (
		<section class="ledger">
			<div class="heads">
				<h2>{limit ? `Newest ${what}` : register.title}</h2>
				<p class="links">
					<a href={'/register/' + name + queryText(narrowed)}>{limit ? `All ${what}` : 'Filter'}</a>
					<a href={apiPath(listOf(name), { newest: 1, ...narrowed, format: 'csv' })} download={name + '.csv'}>
						CSV
					</a>
				</p>
			</div>
			<State of={asked} empty={(d) => (d.records.length ? null : `The record holds no ${what} of ${about}${narrowed.since || narrowed.until ? ' in this time' : ''}.`)}>
				{(d) => (
					<>
						<Table register={register} rows={d.records} caption={`${register.title}: ${about}`} />
						{!limit && <Paging next={d.next} what={what} />}
					</>
				)}
			</State>
		</section>
	);
}

// The ledgers of a profile: links, each with its URL, so that a tab can be sent to somebody.
export function Tabs({ tabs, now, label, keep = {} }: { tabs: string[]; now: string; label: string; keep?: Query }) {
	const { path } = useRoute();

	return (
		<nav class="tabs" aria-label={label}>
			{tabs.map((t, i) => (
				<a key={t} href={path + queryText({ ...keep, tab: i ? t : undefined })} aria-current={t === now ? 'page' : undefined}>
					{registers[t]?.title ?? 'Overview'}
				</a>
			))}
		</nav>
	);
}

// Which tab the query names; the first where it names none of them.
export function tabOf(tabs: string[], query: Record<string, string>): string {
	return tabs.includes(query.tab ?? '') ? query.tab! : tabs[0]!;
}

export interface Fact {
	name: string;
	value: ComponentChildren;
}

export function Facts({ facts }: { facts: (Fact | null | undefined | false)[] }) {
	return (
		<dl class="facts">
			{facts.map(
				(f) =>
					f && (
						<div key={f.name}>
							<dt>{f.name}</dt>
							<dd>{f.value}</dd>
						</div>
					),
			)}
		</dl>
	);
}

// Where to go on from a name that nothing is known of: pages may have it all the same.
export function SearchFor({ name }: { name: string }) {
	return <a href={'/search' + queryText({ words: `"${name}"` })}>Search all pages for “{name}”</a>;
}
