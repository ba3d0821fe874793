import { lazy } from 'preact-iso';
import { useState } from 'preact/hooks';
import { apiPath, useApi } from '../api';
import { useNews } from '../ui/news';
import { Party } from '../ui/Party';
import { State } from '../ui/State';
import { Table } from '../ui/Table';
import { Title } from '../ui/Title';
import { day } from '../ui/When';
import { registers, type Column } from './registers';
import { Timeline } from './Timeline';
import type { List, OverviewData, PartyCount, Row } from '../types';

// The map is large, and what it shows stands in the list too: it comes when the rest is there.
const WorldMap = lazy(() => import('./WorldMap'));

const shown = 12;
const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

function PartyList({ parties }: { parties: PartyCount[] }) {
	return (
		<ol class="ranking">
			{parties.map((p) => (
				<li key={p.code}>
					<Party code={p.code} /> <span class="count">{p.events.toLocaleString('en')}</span>
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

const wanted: Column['kind'][] = ['date', 'act', 'parties', 'sentence', 'source'];
const brief = { ...registers.events!, columns: registers.events!.columns.filter((c) => wanted.includes(c.kind) && c.title !== 'Place') };

function Newest() {
	const [times, again] = useState(0);
	const newest = useApi<List<Row>>(apiPath('/events', { newest: 1, limit: shown }), times);
	const { fresh, seen } = useNews('events');

	return (
		<section aria-labelledby="newest">
			<div class="title">
				<h2 id="newest">Newest records</h2>
				<p class="links">
					<a href="/register/events">All events</a>
				</p>
			</div>
			<p role="status" class="news">
				{fresh > 0 && (
					<button
						type="button"
						onClick={() => {
							seen();
							again(times + 1);
						}}
					>
						{count(fresh, 'new record', 'new records')}: show
					</button>
				)}
			</p>
			<State of={newest} empty={(d) => (d.records.length ? null : 'The store holds no events yet. chancery add PATH takes pages in.')}>
				{(d) => <Table register={brief} rows={d.records} caption="Newest records" />}
			</State>
		</section>
	);
}

export function Overview() {
	const asked = useApi<OverviewData>(apiPath('/overview'));

	return (
		<>
			<Title text="The record">
				<a href={apiPath('/events', { newest: 1, format: 'csv' })} download="events.csv">
					CSV
				</a>
			</Title>
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
						<section aria-labelledby="activity">
							<h2 id="activity">Activity over time</h2>
							<Timeline months={d.months} />
						</section>
					</>
				)}
			</State>
			<Newest />
		</>
	);
}
