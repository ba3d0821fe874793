// What pages tell differently of one thing: each value with who tells it.
import { apiPath, getOn, queryText, useApi, type Query } from '../api';
import { When } from '../ui/When';
import { Source } from '../ui/Source';
import { Parties } from '../ui/Party';
import { State } from '../ui/State';
import { inWords } from '../vocabulary';
import type { List, PageInfo, Row } from '../types';

interface Value {
	date?: string | null;
	place?: string | null;
	parties?: string[];
	count?: number;
	report?: string;
	id?: string;
	page: PageInfo;
}

interface Conflict {
	kind: 'event' | 'tally';
	differ: string[];
	type?: string;
	mode?: string | null;
	parties?: string[];
	who?: string;
	what?: string;
	values: Value[];
}

function Told({ value, differ }: { value: Value; differ: string[] }) {
	return (
		<>
			{differ.includes('date') && <When date={value.date} />}
			{differ.includes('place') && (value.place ? <> <Parties of={[value.place]} /></> : ' no place')}
			{differ.includes('party') && <> <Parties of={value.parties} /></>}
			{differ.includes('count') && <> {value.count?.toLocaleString('en')}</>}
		</>
	);
}

export function Disagreements({ narrowed, about, limit = 8 }: { narrowed: Query; about: string; limit?: number }) {
	const asked = useApi<List<Row & Conflict>>(apiPath('/conflicts', { newest: 1, ...narrowed, limit: limit + 1 }), 0, getOn<Row & Conflict>(1, 5));

	return (
		<section>
			<div class="heads">
				<h2>Disagreements</h2>
				<p class="links">
					<a href={'/conflicts' + queryText(narrowed)}>All conflicts</a>
				</p>
			</div>
			<State of={asked} empty={(d) => (d.records.length ? null : d.next ? 'None among the newest pages; there are more to look at.' : `Pages do not contradict each other about ${about}${narrowed.since || narrowed.until ? ' in this time' : ''}.`)}>
				{(d) => (
					<ul class="plain">
						{d.records.slice(0, limit).map((c, i) => (
							<li key={i}>
								{c.kind === 'tally' ? (
									<>
										<Parties of={c.who ? [c.who] : []} />
										{`, ${c.what ?? 'count'}`}
									</>
								) : (
									<>
										{inWords(c.mode ?? c.type ?? 'event')}: <Parties of={c.parties} />
									</>
								)}
								<ul>
									{c.values.slice(0, 5).map((v, k) => (
										<li key={k}>
											<Told value={v} differ={c.differ} /> <span class="note">by</span> <Source page={v.page} record={v.report ?? v.id} />
										</li>
									))}
								</ul>
							</li>
						))}
					</ul>
				)}
			</State>
		</section>
	);
}
