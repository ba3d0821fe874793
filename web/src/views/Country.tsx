// A state or organisation: what it does with whom, who governs it, where it belongs, and its part of every register.
import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { API, apiPath, queryText, useApi, useOnce } from '../api';
import { Activity, type Count } from '../charts/Activity';
import { Balance, type Balances } from '../charts/Balance';
import { plural } from '../charts/Figure';
import { Ranked } from '../charts/Ranked';
import { Terms, type Office } from '../charts/Terms';
import { Party, Person, useNames, useTwofold, type Known } from '../ui/Party';
import { Source } from '../ui/Source';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import { day } from '../ui/When';
import { Facts, Ledger, SearchFor, tabOf, Tabs } from './Ledger';
import type { List, Row } from '../types';

interface Role extends Row {
	who: string;
	role: string;
	body: string | null;
}

interface Profile {
	party: string;
	events: number;
	partners: { party: string; name: string | null; events: number }[];
	years: (Count & { events: number })[];
	months?: Count[];
	roles: unknown[];
	offices?: Office[];
	memberships?: { org: string; name: string; status: string; from: string | null; to: string | null }[];
}

const tabs = ['overview', 'events', 'visits', 'meetings', 'letters', 'instruments', 'quotes', 'positions', 'pledges', 'tallies', 'roles', 'gatherings', 'initiatives', 'relations', 'marks'];

export function Country() {
	const { params, query } = useRoute();
	const code = params.code ?? '';
	const known = useOnce<{ records: Known[] }>(API + '/parties')?.records.filter((p) => p.code === code);
	// A code may mean two: the record keeps them under one, so both are named.
	const name = known?.length ? [...new Set(known.map((p) => p.name))].join(' or ') : code;
	const tab = tabOf(tabs, query);

	return (
		<>
			<Title text={name}>
				{name !== code && <span class="code">{code}</span>}
				<a href={apiPath('/events', { who: code, newest: 1, format: 'csv' })} download={code + '.csv'}>
					CSV of its events
				</a>
			</Title>
			<Tabs tabs={tabs} now={tab} label={'Ledgers of ' + name} />
			{tab === 'overview' ? <Overview key={code} code={code} name={name} query={query} /> : <Ledger key={tab} name={tab} narrowed={{ who: code }} about={name} after={query.after} />}
		</>
	);
}

function Overview({ code, name, query }: { code: string; name: string; query: Record<string, string> }) {
	const { path } = useRoute();
	const { route } = useLocation();
	const { since, until, one, other, as } = query;
	const asked = useApi<Profile>(apiPath('/countries/' + encodeURIComponent(code)));
	const balance = useApi<Balances>(apiPath(`/countries/${encodeURIComponent(code)}/balance`));
	const names = useNames();
	const state = useTwofold().get(code)?.find((p) => p.kind === 'state')?.name;
	const change = (to: Record<string, string | undefined>) => route(path + queryText({ ...query, ...to }), true);

	return (
		<State of={asked} instead={<SearchFor name={name} />} empty={(d) => (d.events || d.roles.length || d.offices?.length || d.memberships?.length ? null : `The record holds nothing on ${name}.`)}>
			{(d) => {
				const dated = d.years.filter((y) => y.year !== 'undated').map((y) => Number(y.year));
				if (!d.events && !d.roles.length) return <ByLists name={name} of={d} />;
				const now = (d.memberships ?? []).filter((m) => m.status === 'member');
				return (
					<>
						<Facts
							facts={[
								{ name: 'Events', value: <a href={'/register/events?who=' + code}>{d.events.toLocaleString('en')}</a> },
								dated.length > 0 && { name: 'Told of', value: dated.length > 1 ? `${Math.min(...dated)} to ${Math.max(...dated)}` : String(dated[0]) },
								{ name: 'Partners', value: d.partners.length.toLocaleString('en') },
								d.partners[0] && { name: 'Most with', value: <a href={`/pair/${code}/${encodeURIComponent(d.partners[0].party)}`}>{d.partners[0].name ?? names.get(d.partners[0].party) ?? d.partners[0].party}</a> },
								now.length > 0 && { name: 'Member of', value: <a href="#memberships">{plural(now.length, 'organisation')}</a> },
							]}
						/>
						<Activity
							title="Activity over time"
							years={d.years}
							months={d.months}
							since={since}
							until={until}
							onRange={(a, b) => change({ since: a, until: b })}
						/>
						<div class="columns">
							<section>
								<h2>Partners</h2>
								<Partners code={code} of={d.partners} balance={balance.data} />
							</section>
							<div>
								<Memberships of={d.memberships ?? []} when="on the day of its newest event" whose={state} />
								<Chairs code={code} />
							</div>
						</div>
						{balance.data && balance.data.partners.filter((p) => p.years.length).length > 1 && (
							<Balance
								title="Balance between partners"
								of={balance.data}
								one={one ?? balance.data.sides[0] ?? balance.data.partners[0]?.party ?? ''}
								other={other ?? balance.data.sides[1] ?? balance.data.partners[1]?.party ?? ''}
								shares={as === 'shares'}
								given={!one && !other && balance.data.sides.length > 1}
								onChoose={(a, b, shares) => change({ one: a, other: b, as: shares ? 'shares' : undefined })}
								memberName={(m) => names.get(m) ?? m}
							/>
						)}
						<Offices of={d.offices ?? []} years={dated} />
						<Ledger name="events" narrowed={{ who: code, since, until }} about={name} limit={10} />
					</>
				);
			}}
		</State>
	);
}

// Of whom no page tells: who governed it and where it belongs stands in the lists.
function ByLists({ name, of: d }: { name: string; of: Profile }) {
	return (
		<>
			<p class="note nothing">The record holds nothing on {name}: no page that was read tells of it. What stands here is from the lists.</p>
			<Memberships of={d.memberships ?? []} when="today" />
			<Offices of={d.offices ?? []} />
		</>
	);
}

function Offices({ of, years = [] }: { of: Office[]; years?: number[] }) {
	if (!of.length) return null;
	return (
		<Terms
			title="Offices over time"
			offices={of}
			laneOf={(o) => o.office}
			nameOf={(o) => o.who}
			hrefOf={(o) => '/person/' + encodeURIComponent(o.who)}
			since={years.length ? Math.min(...years) - 4 : undefined}
			until={years.length ? Math.max(...years) + 4 : undefined}
		/>
	);
}

// By the profile alone until the balance is there, which knows conflict from cooperation.
function Partners({ code, of, balance }: { code: string; of: Profile['partners']; balance?: Balances }) {
	const names = useNames();
	const split = new Map(balance?.partners.map((p) => [p.party, p]));

	if (!of.length) return <p class="note">The record tells of nobody else in its events.</p>;
	return (
		<Ranked
			title="Partners by events, cooperation and conflict"
			what="With"
			ranks={of.map((p) => ({
				key: p.party,
				name: <a href={`/pair/${encodeURIComponent(code)}/${encodeURIComponent(p.party)}`}>{p.name ?? names.get(p.party) ?? p.party}</a>,
				cooperation: split.get(p.party)?.cooperation ?? p.events,
				conflict: split.get(p.party)?.conflict ?? 0,
			}))}
		/>
	);
}

// What it presides over, as pages say: an office held by the party itself, or of a body that it is.
function Chairs({ code }: { code: string }) {
	const { data } = useApi<List<Role>>(apiPath('/roles', { who: code, about: 'chair*', newest: 1, limit: 100 }));
	const names = useNames();
	const chairs = data?.records.filter((r) => /\bchair/i.test(r.role) && (r.who === code || r.body === code)) ?? [];

	if (!chairs.length) return null;
	return (
		<section>
			<h2>Chairs</h2>
			<ul class="plain">
				{chairs.slice(0, 10).map((r) => (
					<li key={r.id}>
						{names.has(r.who) ? <Party code={r.who} /> : <Person name={r.who} />}, {r.role}
						{r.body && r.body !== code && <> of <Party code={r.body} /></>} <Source page={r.page} record={r.id} />
					</li>
				))}
			</ul>
		</section>
	);
}

const membershipsShown = 12;

// Of many a list knows no more than the year.
const since = (iso: string) => day(iso.replace(/-01-01$/, ''));
const past = (iso: string) => day(iso.replace(/-12-31$/, ''));

// whose: of a code that means two, the state that the lists tell of.
function Memberships({ of, when, whose }: { of: NonNullable<Profile['memberships']>; when: string; whose?: string }) {
	const [all, set] = useState(false);

	if (!of.length) return null;
	return (
		<section>
			<h2 id="memberships">Memberships{whose && ` of ${whose}`}</h2>
			<p class="note">By the lists, {when}.</p>
			<ul class="plain">
				{(all ? of : of.slice(0, membershipsShown)).map((m) => (
					<li key={m.org + m.status}>
						<a href={'/country/' + encodeURIComponent(m.org)}>{m.name}</a>
						<span class="note">
							{m.status !== 'member' && ` ${m.status}`}
							{m.from && ` since ${since(m.from)}`}
							{m.to && ` until ${past(m.to)}`}
						</span>
					</li>
				))}
			</ul>
			{of.length > membershipsShown && (
				<button type="button" class="told" aria-expanded={all} onClick={() => set(!all)}>
					{all ? `The first ${membershipsShown}` : `All ${of.length} memberships`}
				</button>
			)}
		</section>
	);
}
