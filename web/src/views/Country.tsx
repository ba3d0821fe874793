// A state or organisation: what it does with whom, who governs it, where it belongs, and its part of every register.
import { useLocation, useRoute } from 'preact-iso';
import { API, apiPath, queryText, useApi, useOnce } from '../api';
import { Activity, type Count } from '../charts/Activity';
import { Balance, type Balances } from '../charts/Balance';
import { plural } from '../charts/Figure';
import { Ranked } from '../charts/Ranked';
import { Terms, type Office } from '../charts/Terms';
import { Party, Person, useNames, type Known } from '../ui/Party';
import { Source } from '../ui/Source';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import { day } from '../ui/When';
import { Facts, Ledger, tabOf, Tabs } from './Ledger';
import type { List, Row } from '../types';

interface Role extends Row {
	who: string;
	role: string;
	body: string | null;
}

interface Profile {
	party: string;
	events: number;
	partners: { party: string; events: number }[];
	years: (Count & { events: number })[];
	months?: Count[];
	roles: unknown[];
	offices?: Office[];
	memberships?: { org: string; name: string; status: string; from: string | null; to: string | null }[];
}

const tabs = ['overview', 'events', 'visits', 'meetings', 'letters', 'instruments', 'quotes', 'positions', 'pledges', 'tallies', 'roles', 'gatherings'];

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
	const change = (to: Record<string, string | undefined>) => route(path + queryText({ ...query, ...to }), true);

	return (
		<State of={asked} empty={(d) => (d.events || d.roles.length ? null : `The record holds nothing on ${name}.`)}>
			{(d) => {
				const dated = d.years.filter((y) => y.year !== 'undated').map((y) => Number(y.year));
				const now = (d.memberships ?? []).filter((m) => m.status === 'member');
				return (
					<>
						<Facts
							facts={[
								{ name: 'Events', value: <a href={'/register/events?who=' + code}>{d.events.toLocaleString('en')}</a> },
								dated.length > 0 && { name: 'Told of', value: dated.length > 1 ? `${Math.min(...dated)} to ${Math.max(...dated)}` : String(dated[0]) },
								{ name: 'Partners', value: d.partners.length.toLocaleString('en') },
								d.partners[0] && { name: 'Most with', value: <a href={`/pair/${code}/${encodeURIComponent(d.partners[0].party)}`}>{names.get(d.partners[0].party) ?? d.partners[0].party}</a> },
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
								<Memberships of={d.memberships ?? []} />
								<Chairs code={code} />
							</div>
						</div>
						{balance.data && balance.data.partners.some((p) => p.years.length) && (
							<Balance
								title="Balance between partners"
								of={balance.data}
								one={one ?? balance.data.sides[0] ?? balance.data.partners[0]?.party ?? ''}
								other={other ?? balance.data.sides[1] ?? balance.data.partners[1]?.party ?? ''}
								shares={as === 'shares'}
								onChoose={(a, b, shares) => change({ one: a, other: b, as: shares ? 'shares' : undefined })}
								memberName={(m) => names.get(m) ?? m}
							/>
						)}
						{d.offices && d.offices.length > 0 && (
							<Terms
								title="Offices over time"
								offices={d.offices}
								laneOf={(o) => o.office}
								nameOf={(o) => o.who}
								hrefOf={(o) => '/person/' + encodeURIComponent(o.who)}
								since={dated.length ? Math.min(...dated) - 4 : undefined}
								until={dated.length ? Math.max(...dated) + 4 : undefined}
							/>
						)}
						<Ledger name="events" narrowed={{ who: code, since, until }} about={name} limit={10} />
					</>
				);
			}}
		</State>
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
				name: <a href={`/pair/${encodeURIComponent(code)}/${encodeURIComponent(p.party)}`}>{names.get(p.party) ?? p.party}</a>,
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

function Memberships({ of }: { of: NonNullable<Profile['memberships']> }) {
	if (!of.length) return null;
	return (
		<section>
			<h2 id="memberships">Memberships</h2>
			<p class="note">By the lists, on the day of its newest event.</p>
			<ul class="plain">
				{of.map((m) => (
					<li key={m.org + m.status}>
						<a href={'/country/' + encodeURIComponent(m.org)}>{m.name}</a>
						<span class="note">
							{m.status !== 'member' && ` ${m.status}`}
							{m.from && ` since ${day(m.from)}`}
							{m.to && ` until ${day(m.to)}`}
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}
