// Two parties: cooperation and conflict over time, with their visits and instruments marked, and the list under it of the time that is chosen.
import { useLocation, useRoute } from 'preact-iso';
import { apiPath, queryText, useApi } from '../api';
import { Activity, type Count, type Mark } from '../charts/Activity';
import { plural } from '../charts/Figure';
import { useNames } from '../ui/Party';
import { Source } from '../ui/Source';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import { When, day } from '../ui/When';
import { inWords } from '../vocabulary';
import { Disagreements } from './Disagreements';
import { Facts, Ledger, tabOf, Tabs } from './Ledger';
import type { Event, List, Row } from '../types';

interface Instrument extends Row {
	title: string | null;
	kind: string | null;
	date: string | null;
	status: string | null;
}

interface Profile {
	one: string;
	other: string;
	events: number;
	years: (Count & { events: number })[];
	months: Count[];
	first?: Event | null;
	last?: Event | null;
	visits?: { visitor: string; events: number }[];
	visit_months?: { month: string; events: number }[];
	instruments: Instrument[];
}

const few = 40;

const tabs = ['overview', 'events', 'visits', 'meetings', 'letters', 'instruments', 'relations', 'quotes'];

const pageOf = (e: Event) => e.reports[0]?.page;

// Nobody is a pair with himself: what such a path may mean is the party's own page.
export function Pair() {
	const { one = '', other = '' } = useRoute().params;
	const name = useNames().get(one) ?? one;

	if (one.toUpperCase() !== other.toUpperCase()) return <Two />;
	return (
		<>
			<Title text={name} />
			<p class="note nothing">
				A pair is of two parties. <a href={'/country/' + encodeURIComponent(one)}>{name} by itself</a>
			</p>
		</>
	);
}

function Two() {
	const { path, params, query } = useRoute();
	const { route } = useLocation();
	const one = params.one ?? '';
	const other = params.other ?? '';
	const { since, until } = query;
	const names = useNames();
	const nameOf = (p: string) => names.get(p) ?? p;
	const tab = tabOf(tabs, query);
	const about = `${nameOf(one)} and ${nameOf(other)}`;
	const narrowed = { who: one, with: other, since, until };
	const asked = useApi<Profile>(apiPath(`/pairs/${encodeURIComponent(one)}/${encodeURIComponent(other)}`, { limit: 1 }));
	// Few visits are marked one by one; of many each month has one mark.
	const times = asked.data?.visits?.reduce((n, v) => n + v.events, 0) ?? 0;
	const visits = useApi<List<Event>>(times > 0 && times <= few ? apiPath('/visits', { who: one, with: other, status: 'actual', newest: 1, limit: few }) : null);
	const ledger = (kind: string, at: string) => path + queryText({ tab: kind + 's', since: at, until: at });
	const range = (a?: string, b?: string) => route(path + queryText({ ...query, after: undefined, since: a, until: b }), true);

	return (
		<>
			<Title text={`${nameOf(one)} – ${nameOf(other)}`}>
				<a href={'/country/' + encodeURIComponent(one)}>{nameOf(one)}</a>
				<a href={'/country/' + encodeURIComponent(other)}>{nameOf(other)}</a>
				<a href={apiPath('/events', { ...narrowed, newest: 1, format: 'csv' })} download={`${one}-${other}.csv`}>
					CSV
				</a>
			</Title>
			<State of={asked} empty={(d) => (d.events ? null : `The record holds no event between ${about}.`)}>
				{(d) => {
					const marks: Mark[] = [
						...(times > few ? d.visit_months ?? [] : []).map((m): Mark => ({ kind: 'visit', date: m.month, n: m.events, label: `${day(m.month)}: ${plural(m.events, 'visit')}`, href: ledger('visit', m.month) })),
						...(times <= few ? visits.data?.records ?? [] : []).map((v): Mark => ({ kind: 'visit', date: v.date, label: `${v.date ? day(v.date.split('/')[0]!) + ': ' : ''}${v.text}`, href: '/event/' + v.id })),
						...d.instruments.map((i): Mark => ({ kind: 'instrument', date: i.date, label: `${i.date ? day(i.date) + ': ' : ''}${i.title ?? i.kind ?? 'an instrument'}`, href: '/instrument/' + i.id })),
					];
					return (
						<>
							<Facts
								facts={[
									{ name: 'Events', value: d.events.toLocaleString('en') },
									d.first && { name: 'First contact told', value: <Contact event={d.first} /> },
									d.last && { name: 'Last contact told', value: <Contact event={d.last} /> },
									d.visits && { name: 'Visits that took place', value: d.visits.map((v) => `by ${nameOf(v.visitor)} ${v.events.toLocaleString('en')}`).join(', ') },
								]}
							/>
							<Activity
								title="Cooperation and conflict"
								years={d.years}
								months={d.months}
								since={since}
								until={until}
								onRange={range}
								marks={marks}
								markHref={ledger}
							/>
							<Tabs tabs={tabs} now={tab} label={'Ledgers of ' + about} keep={{ since, until }} />
							{tab === 'overview' ? (
								<>
									<div class="columns">
										<InForce of={d.instruments} one={one} other={other} />
										<Disagreements narrowed={narrowed} about={about} />
									</div>
									<Ledger name="events" narrowed={narrowed} about={about} limit={20} />
								</>
							) : (
								<Ledger key={tab} name={tab} narrowed={tab === 'quotes' ? { who: one, about: other, since, until } : narrowed} about={about} after={query.after} />
							)}
						</>
					);
				}}
			</State>
		</>
	);
}

function Contact({ event }: { event: Event }) {
	return (
		<>
			<a href={'/event/' + event.id}>
				<When date={event.date} basis={event.date_basis} />
			</a>
			, {inWords(event.mode ?? event.type)} (<Source page={pageOf(event)} record={event.reports[0]?.id} />)
		</>
	);
}

// One line for each title; what a page says was ended is not in force, what is planned not yet.
function InForce({ of, one, other }: { of: Instrument[]; one: string; other: string }) {
	const seen = new Map<string, Instrument[]>();

	for (const i of of) {
		const key = `${(i.title ?? i.kind ?? '').toLowerCase()} ${i.date ?? ''}`;
		seen.set(key, [...(seen.get(key) ?? []), i]);
	}
	const groups = [...seen.values()].filter((g) => !g.some((i) => i.status === 'terminated' || i.status === 'planned')).sort((a, b) => (b[0]!.date ?? '').localeCompare(a[0]!.date ?? ''));

	return (
		<section>
			<div class="heads">
				<h2>Instruments signed or in force</h2>
				<p class="links">
					<a href={'/register/instruments' + queryText({ who: one, with: other })}>All instruments</a>
				</p>
			</div>
			{groups.length === 0 && <p class="note nothing">The record holds no instrument of the two.</p>}
			<ul class="plain">
				{groups.slice(0, 12).map((g) => (
					<li key={g[0]!.id}>
						<a class="words" href={'/instrument/' + g[0]!.id}>
							{g[0]!.title ?? `an untitled ${g[0]!.kind ?? 'instrument'}`}
						</a>
						<span class="note">
							, <When date={g[0]!.date} />, {inWords(g[0]!.status ?? 'status unsaid')}
							{g.length > 1 && `, told ${g.length} times`}
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}
