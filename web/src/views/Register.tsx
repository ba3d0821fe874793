import { useRoute } from 'preact-iso';
import { apiPath, useApi } from '../api';
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
import { registers } from './registers';
import type { List, Row } from '../types';

// The records with what is told more of them.
function told(rows: Row[], more: Row[] | undefined): Row[] {
	if (!more) return rows;
	const by = new Map(more.map((m) => [m.id, m]));
	return rows.map((r) => ({ ...r, ...by.get(r.id) }));
}

export function Register() {
	const { params, query } = useRoute();
	const name = params.name ?? '';
	const register = registers[name];
	const { after, ...filters } = query as Record<string, string>;
	const more = useApi<List<Row>>(register?.more ? apiPath(register.more, { newest: 1, ...filters, after }) : null);
	const asked = useApi<List<Row>>(register ? apiPath('/' + name, { newest: 1, ...filters, after }) : null);
	const what = register?.title.toLowerCase();

	if (!register) return <NotFound />;
	return (
		<>
			<Title text={register.title}>
				<a href={apiPath('/' + name, { newest: 1, ...filters, format: 'csv' })} download={name + '.csv'}>
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
						<Table register={register} rows={told(d.records, more.data?.records)} caption={register.title} />
						<Paging next={d.next} what={what ?? ''} />
					</>
				)}
			</State>
		</>
	);
}
