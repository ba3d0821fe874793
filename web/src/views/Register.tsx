import { useRoute } from 'preact-iso';
import { apiPath, filtersOf, getOn, useApi } from '../api';
import { Choices } from '../ui/Choices';
import { Filters } from '../ui/Filters';
import { Paging } from '../ui/Paging';
import { Shown } from '../ui/Shown';
import { State } from '../ui/State';
import { Table } from '../ui/Table';
import { Title } from '../ui/Title';
import { Keep } from '../ui/Watch';
import { stateChoices } from './Agenda';
import { NotFound } from './NotFound';
import { listOf, registers } from './registers';
import type { List, Row } from '../types';

export function Register() {
	const { params, query } = useRoute();
	const name = params.name ?? '';
	const register = registers[name];
	const { after } = query as Record<string, string>;
	const filters = filtersOf(query);
	const asked = useApi<List<Row>>(register ? apiPath(listOf(name), { newest: 1, ...filters, after }) : null, 0, getOn<Row>(1));
	const what = register?.title.toLowerCase();

	if (!register) return <NotFound />;
	return (
		<>
			<Title text={register.title}>
				<a href={apiPath(listOf(name), { newest: 1, ...filters, format: 'csv' })} download={name + '.csv'}>
					CSV
				</a>
				<a href={apiPath(`/${name}/atom.xml`, filters)} type="application/atom+xml">
					Feed
				</a>
			</Title>
			<p class="summary">{register.summary}</p>
			{register.filters.includes('state') && <Choices label="State" param="state" of={stateChoices} />}
			<Filters key={name} name={name} filters={register.filters} typeIs={register.typeIs} />
			<Keep register={name} filters={filters} />
			<Shown of={asked} one={register.one} many={what ?? ''} after={after} />
			<State of={asked} empty={(d) => (d.records.length ? null : Object.keys(filters).length ? `The record holds no ${what} that fit these filters.` : `The record holds no ${what} yet.`)}>
				{(d) => (
					<>
						<Table register={register} rows={d.records} caption={register.title} />
						<Paging next={d.next} what={what ?? ''} />
					</>
				)}
			</State>
		</>
	);
}
