// A person: offices by the lists and by pages, journeys, words, and whom he or she met.
import { useRoute } from 'preact-iso';
import { apiPath, useApi } from '../api';
import { plural } from '../charts/Figure';
import { Ranked } from '../charts/Ranked';
import { Terms, type Office } from '../charts/Terms';
import { Person as PersonLink, useNames } from '../ui/Party';
import { Source } from '../ui/Source';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import { day } from '../ui/When';
import { Facts, Ledger, SearchFor, tabOf, Tabs } from './Ledger';
import type { Actor, Event, List, PageInfo, Row } from '../types';

interface Told extends Office {
	evidence?: { id: string; sentence: string; page: PageInfo }[];
}

interface Profile {
	name: string;
	wikidata: string | null;
	offices?: Told[];
}

const until = (o: Office) => o.to ?? '9999';

const tabs = ['overview', 'events', 'visits', 'meetings', 'letters', 'quotes', 'positions', 'pledges', 'roles', 'marks'];

export function Person() {
	const { params, query } = useRoute();
	const name = params.name ?? '';
	const tab = tabOf(tabs, query);
	const asked = useApi<Profile>(apiPath('/persons/' + encodeURIComponent(name)));
	const full = asked.data?.name ?? name;

	return (
		<>
			<Title text={full}>
				{asked.data?.wikidata && (
					<a href={'https://www.wikidata.org/wiki/' + encodeURIComponent(asked.data.wikidata)} rel="noreferrer noopener">
						Wikidata {asked.data.wikidata}
					</a>
				)}
				<a href={apiPath('/events', { who: full, newest: 1, format: 'csv' })} download="events.csv">
					CSV
				</a>
			</Title>
			<Tabs tabs={tabs} now={tab} label={'Ledgers of ' + full} />
			{tab === 'overview' ? <State of={asked} instead={<SearchFor name={name} />}>{(d) => <Overview of={d} />}</State> : <Ledger key={tab} name={tab} narrowed={{ who: full }} about={full} after={query.after} />}
		</>
	);
}

function Overview({ of }: { of: Profile }) {
	const names = useNames();
	const offices = of.offices ?? [];
	const doubts = offices.filter((o) => o.conflict);
	const bodies = [...new Set(offices.map((o) => o.body))];
	const told = offices.reduce((n, o) => n + (o.pages ?? 0), 0);
	// Those that ended last, or did not: he who is president may be prime minister too.
	const terms = offices.filter((o) => o.source === 'lists');
	const last = terms.reduce((end, o) => (until(o) > end ? until(o) : end), '');
	const latest = terms.filter((o) => until(o) === last);

	return (
		<>
			<Facts
				facts={[
					latest.length > 0 && {
						name: latest.length > 1 ? 'Latest offices by the lists' : 'Latest office by the lists',
						value: latest.map((o) => <div key={o.office + o.from}>{`${o.office}, ${names.get(o.body) ?? o.body}, ${o.from ? day(o.from) : '?'} to ${o.to ? day(o.to) : 'now'}`}</div>),
					},
					bodies.length > 0 && {
						name: 'Of',
						value: bodies.map((b, i) => (
							<span key={b}>
								{i > 0 && ', '}
								<a href={'/country/' + encodeURIComponent(b)}>{names.get(b) ?? b}</a>
							</span>
						)),
					},
					told > 0 && { name: 'Given an office by', value: plural(told, 'page') },
				]}
			/>
			{offices.length > 0 && (
				<Terms
					title="Career"
					offices={offices}
					laneOf={(o) => `${o.office}, ${names.get(o.body) ?? o.body}`}
					nameOf={(o) => (o.source === 'lists' ? `${o.from?.slice(0, 4) ?? '?'}–${o.to?.slice(0, 4) ?? ''}` : plural(o.pages ?? 1, 'page'))}
					hrefOf={(o) => ((o as Told).evidence?.[0] ? `/page/${(o as Told).evidence![0]!.page.id}?record=${(o as Told).evidence![0]!.id}` : '/country/' + encodeURIComponent(o.body))}
				/>
			)}
			{doubts.length > 0 && (
				<section>
					<h2>Where pages and lists disagree</h2>
					<ul class="plain">
						{doubts.map((o, i) => (
							<li key={i}>
								{o.office}, {names.get(o.body) ?? o.body}: <span class="problem">{o.conflict}</span>
								<ul>
									{(o.evidence ?? []).slice(0, 3).map((e) => (
										<li key={e.id}>
											<q class="words">{e.sentence}</q> <Source page={e.page} record={e.id} />
										</li>
									))}
								</ul>
							</li>
						))}
					</ul>
				</section>
			)}
			<div class="columns">
				<Met name={of.name} />
				<Said name={of.name} />
			</div>
			<Ledger name="visits" narrowed={{ who: of.name }} about={of.name} limit={10} />
			<Ledger name="events" narrowed={{ who: of.name }} about={of.name} limit={10} />
		</>
	);
}

// Whom pages name beside him or her in talks and visits: of the newest ones, of which there may be more.
function Met({ name }: { name: string }) {
	const meetings = useApi<List<Event>>(apiPath('/events', { who: name, type: 'CONSULT', status: 'actual', newest: 1, limit: 200 }));

	return (
		<section>
			<h2>Whom {name} met</h2>
			<State of={meetings}>
				{(d) => {
					const times = new Map<string, number>();
					for (const e of d.records) {
						const people = new Set([...e.actor, ...e.recipient].filter((a: Actor) => a.kind === 'person' && a.entity_text && a.entity_text !== name).map((a) => a.entity_text!));
						for (const p of people) times.set(p, (times.get(p) ?? 0) + 1);
					}
					const ranks = [...times].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
					if (!ranks.length) return <p class="note nothing">No page names anybody in talks with {name}.</p>;
					return (
						<>
							<Ranked title={`Whom ${name} met, by times`} what="Met, called, wrote to" split={false} ranks={ranks.map(([p, n]) => ({ key: p, name: <PersonLink name={p} />, cooperation: n, conflict: 0 }))} />
							{d.next && <p class="note">Of the newest {d.records.length} talks, visits, calls and letters.</p>}
						</>
					);
				}}
			</State>
		</section>
	);
}

function Said({ name }: { name: string }) {
	const quotes = useApi<List<Row>>(apiPath('/quotes', { who: name, newest: 1, limit: 6 }));

	return (
		<section>
			<h2>Newest quotations</h2>
			<State of={quotes} empty={(d) => (d.records.length ? null : `The record holds no words of ${name}.`)}>
				{(d) => (
					<ul class="plain">
						{d.records.map((q) => (
							<li key={q.id}>
								<a class="words" href={'/quote/' + q.id}>
									{q.direct ? <q>{String(q.text)}</q> : String(q.text)}
								</a>{' '}
								<Source page={q.page} record={q.id} />
							</li>
						))}
					</ul>
				)}
			</State>
		</section>
	);
}
