import { lazy, useLocation, useRoute } from 'preact-iso';
import { useRef, useState } from 'preact/hooks';
import { apiPath, queryText, useApi } from '../api';
import { useNews } from '../ui/news';
import { Party } from '../ui/Party';
import { State } from '../ui/State';
import { Table } from '../ui/Table';
import { Title } from '../ui/Title';
import { WatchLists } from '../ui/Watch';
import { day } from '../ui/When';
import { registers, type Column } from './registers';
import type { List, MonthCount, OverviewData, PartyCount, Row } from '../types';

// The map is large, and what it shows stands in the list too: it comes when the rest is there.
const WorldMap = lazy(() => import('./WorldMap'));
const Activity = lazy(() => import('../charts/Activity').then((m) => m.Activity));

const shown = 12;
const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

function PartyList({ parties }: { parties: PartyCount[] }) {
	return (
		<ol class="ranking">
			{parties.map((p) => (
				<li key={p.code + (p.kind ?? '')}>
					<Party code={p.code} names={p.name ? new Map([[p.code, p.name]]) : undefined} /> <span class="count">{p.events.toLocaleString('en')}</span>
				</li>
			))}
		</ol>
	);
}

// What is in the store, each number a link to where it leads.
function Totals({ of }: { of: OverviewData }) {
	return (
		<>
			<p class="summary">
				<a href="/register/pages">{count(of.pages, 'page', 'pages')}</a>
				{of.outlets > 0 && (
					<>
						{' '}
						of <a href="/coverage">{count(of.outlets, 'outlet', 'outlets')}</a>
					</>
				)}
				{of.newest && `, the newest of ${day(of.newest)}`}
				{of.oldest && of.oldest !== of.newest && `, the oldest of ${day(of.oldest)}`}.
			</p>
			<ul class="totals">
				{Object.entries(registers).map(([name, r]) => {
					const n = of.registers[name];
					return n && name !== 'pages' ? (
						<li key={name}>
							<a href={'/register/' + name}>
								<span class="count">{n.toLocaleString('en')}</span> {r.title.toLowerCase()}
							</a>
						</li>
					) : null;
				})}
			</ul>
		</>
	);
}

const wanted: Column['kind'][] = ['date', 'act', 'parties', 'status', 'sentence', 'source'];
const brief = { ...registers.events!, columns: registers.events!.columns.filter((c) => wanted.includes(c.kind) && c.title !== 'Place') };

// The months of each year together, and what has none.
function yearsOf(months: MonthCount[], events: number) {
	const years = new Map<string, { year: string; cooperation: number; conflict: number }>();

	for (const m of months) {
		const year = m.month.slice(0, 4);
		const sum = years.get(year) ?? { year, cooperation: 0, conflict: 0 };
		sum.cooperation += m.cooperation;
		sum.conflict += m.conflict;
		years.set(year, sum);
	}
	const dated = months.reduce((n, m) => n + m.cooperation + m.conflict, 0);
	return [...years.values(), { year: 'undated', cooperation: Math.max(0, events - dated), conflict: 0 }];
}

function Newest({ since, until, times, again }: { since?: string; until?: string; times: number; again: () => void }) {
	const heading = useRef<HTMLHeadingElement>(null);
	const newest = useApi<List<Row>>(apiPath('/events', { newest: 1, since, until, limit: shown }), times);
	const { fresh, seen } = useNews('events');

	return (
		<section aria-labelledby="newest">
			<div class="title">
				<h2 id="newest" tabIndex={-1} ref={heading}>{since || until ? 'Newest records of this time' : 'Newest records'}</h2>
				<p class="links">
					<a href={'/register/events' + queryText({ since, until })}>{since || until ? 'All events of this time' : 'All events'}</a>
				</p>
			</div>
			<p role="status" class="news">
				{fresh > 0 && (
					<button
						type="button"
						onClick={() => {
							seen();
							again();
							heading.current?.focus();
						}}
					>
						{count(fresh, 'new record', 'new records')}: show
					</button>
				)}
			</p>
			<State of={newest} empty={(d) => (d.records.length ? null : since || until ? 'The record holds no events of this time.' : 'The record holds no events yet.')}>
				{(d) => <Table register={brief} rows={d.records} caption="Newest records" />}
			</State>
		</section>
	);
}

export function Overview() {
	const [times, again] = useState(0);
	const asked = useApi<OverviewData>(apiPath('/overview'), times);
	const { path, query } = useRoute();
	const { route } = useLocation();
	const { since, until } = query as Record<string, string | undefined>;

	return (
		<>
			<Title text="The record">
				<a href={apiPath('/events', { newest: 1, format: 'csv' })} download="events.csv">
					CSV
				</a>
			</Title>
			<div class="overview">
				<State of={asked} empty={(d) => (d.pages ? null : 'The store is empty. chancery add PATH takes pages in.')}>
					{(d) => (
						<>
							<Totals of={d} />
							<div class="beside">
								<WorldMap parties={d.parties} />
								<section aria-labelledby="parties" class="parties">
									<h2 id="parties">Parties by events</h2>
									<PartyList parties={d.parties.slice(0, shown)} />
									{d.parties.length > shown && (
										<details>
											<summary>{count(d.parties.length - shown, 'further party', 'further parties')}</summary>
											<PartyList parties={d.parties.slice(shown)} />
										</details>
									)}
								</section>
							</div>
							{d.months.length > 0 && (
								<Activity
									title="Activity over time"
									years={yearsOf(d.months, d.registers.events ?? 0)}
									months={d.months}
									since={since}
									until={until}
									onRange={(from, to) => route(path + queryText({ since: from, until: to }), true)}
								/>
							)}
						</>
					)}
				</State>
			</div>
			<WatchLists />
			<Newest since={since} until={until} times={times} again={() => again(times + 1)} />
		</>
	);
}
