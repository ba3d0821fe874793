import { useRoute } from 'preact-iso';
import { apiPath, filtersOf, getOn, useApi } from '../api';
import { Choices } from '../ui/Choices';
import { Filters } from '../ui/Filters';
import { Paging } from '../ui/Paging';
import { Shown } from '../ui/Shown';
import { State } from '../ui/State';
import { Table } from '../ui/Table';
import { Title } from '../ui/Title';
import { states } from '../vocabulary';
import { agenda } from './registers';
import type { List, Row } from '../types';

export const stateChoices: [string, string][] = [['', 'All'], ...Object.keys(states).map((s): [string, string] => [s, s])];

export function Agenda() {
	const { query } = useRoute();
	const { after } = query as Record<string, string>;
	const filters = filtersOf(query);
	const asked = useApi<List<Row>>(apiPath('/agenda', { ...filters, after }), 0, getOn<Row>(20));
	const state = filters.state && states[filters.state] ? filters.state : null;

	return (
		<>
			<Title text={agenda.title}>
				<a href={apiPath('/agenda', { ...filters, format: 'csv' })} download="agenda.csv">
					CSV
				</a>
			</Title>
			<p class="summary">{agenda.summary}</p>
			<Choices label="State" param="state" of={stateChoices} />
			{state && <p class="note">{`${state}: ${states[state]}.`}</p>}
			<Filters name="agenda" filters={agenda.filters} />
			<Shown of={asked} one="a plan" many="plans" after={after} first="The first" />
			<State of={asked} empty={(d) => (d.records.length || d.next ? null : Object.keys(filters).length ? 'The record holds no plan that fits these filters.' : 'The record holds no plan yet.')}>
				{(d) => (
					<>
						{!d.records.length && <p class="note nothing">None so far; there are more to look at.</p>}
						<Table register={agenda} rows={d.records} caption="What is due" />
						<Paging next={d.next} what="plans" />
					</>
				)}
			</State>
		</>
	);
}
