// What pages tell differently of one thing: what each says stands side by side, with its words and where they are from.
import { useRoute } from 'preact-iso';
import { apiPath, filtersOf, getOn, useApi } from '../api';
import { Filters } from '../ui/Filters';
import { Paging } from '../ui/Paging';
import { Parties } from '../ui/Party';
import { Source } from '../ui/Source';
import { Shown } from '../ui/Shown';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import { When } from '../ui/When';
import { inWords } from '../vocabulary';
import type { List, PageInfo } from '../types';

interface Told {
	id?: string; // of a tally
	event?: string;
	report?: string;
	date?: string | null;
	place?: string | null;
	parties?: string[];
	count?: number;
	comparison?: string;
	sentence: string;
	page: PageInfo;
}

export interface Conflict {
	differ: string[];
	kind: 'event' | 'tally';
	one?: boolean;
	type?: string;
	mode?: string | null;
	status?: string;
	parties?: string[];
	who?: string;
	what?: string;
	period?: string | null;
	values: Told[];
}

const than: Record<string, string> = { '>': 'more than ', '<': 'less than ', '~': 'about ' };

function Said({ value, differ }: { value: Told; differ: string }) {
	switch (differ) {
		case 'date':
			return <When date={value.date} />;
		case 'place':
			return value.place ? <Parties of={[value.place]} /> : <span class="unsaid">no place</span>;
		case 'party':
			return <Parties of={value.parties} />;
		default:
			return (
				<>
					{than[value.comparison ?? ''] ?? ''}
					{value.count?.toLocaleString('en')}
				</>
			);
	}
}

function About({ of }: { of: Conflict }) {
	if (of.kind === 'tally')
		return (
			<>
				<Parties of={of.who} />
				{of.who && ': '}
				{of.what}
				{of.period && (
					<>
						, <When date={of.period} />
					</>
				)}
			</>
		);
	return (
		<>
			{inWords(of.mode ?? of.type ?? 'event')}: <Parties of={of.parties} />
		</>
	);
}

export function One({ of }: { of: Conflict }) {
	return (
		<section class="conflict-of">
			<h2>
				<About of={of} />
			</h2>
			<p class="note">
				Told differently: {of.differ.join(', ')}
				{of.kind === 'event' && of.one === false && '; kept apart, perhaps one'}.
			</p>
			<ul class="sides">
				{of.values.map((v) => (
					<li key={v.report ?? v.id} data-record>
						<dl>
							{of.differ.map((d) => (
								<div key={d}>
									<dt>{d}</dt>
									<dd>
										<Said value={v} differ={d} />
									</dd>
								</div>
							))}
						</dl>
						<blockquote>{v.sentence}</blockquote>
						<p>
							<Source page={v.page} record={v.event ?? v.id} />
							{v.event && (
								<>
									{' '}
									· <a href={'/event/' + v.event}>the event</a>
								</>
							)}
						</p>
					</li>
				))}
			</ul>
		</section>
	);
}

export function Conflicts() {
	const { query } = useRoute();
	const { after } = query as Record<string, string>;
	const filters = filtersOf(query);
	// Each is several rows high.
	const asked = useApi<List<Conflict>>(apiPath('/conflicts', { newest: 1, ...filters, after, limit: 30 }), 0, getOn<Conflict>(10));

	return (
		<>
			<Title text="Conflicts">
				<a href={apiPath('/conflicts', { newest: 1, ...filters, format: 'csv' })} download="conflicts.csv">
					CSV
				</a>
			</Title>
			<p class="summary">What pages tell differently of one thing, with the words of everybody who tells it.</p>
			<Filters name="conflicts" filters={['who', 'with', 'since', 'until', 'type', 'place', 'about']} />
			<Shown of={asked} one="a conflict" many="conflicts" after={after} />
			<State of={asked} empty={(d) => (d.records.length || d.next ? null : Object.keys(filters).length ? 'The pages tell nothing differently that fits these filters.' : 'The pages tell nothing differently.')}>
				{(d) => (
					<>
						{!d.records.length && <p class="note nothing">Nothing so far; there are more pages to look at.</p>}
						{d.records.map((c, i) => (
							<One key={(c.values[0]?.report ?? c.values[0]?.id ?? '') + i} of={c} />
						))}
						<Paging next={d.next} what="conflicts" />
					</>
				)}
			</State>
		</>
	);
}
