import { useLocation, useRoute } from 'preact-iso';
import { apiPath, useApi } from '../api';
import { useNames } from '../ui/Party';
import { State } from '../ui/State';
import { Table } from '../ui/Table';
import { Title } from '../ui/Title';
import { NotFound } from './NotFound';
import { registers } from './registers';
import type { List, Row } from '../types';

export function Register() {
	const { params } = useRoute();
	const { query } = useLocation();
	const name = params.name ?? '';
	const register = registers[name];
	const asked = useApi<List<Row>>(register ? apiPath('/' + name, { newest: 1, ...query }) : null);
	const names = useNames();

	if (!register) return <NotFound />;
	return (
		<>
			<Title text={register.title}>
				<a href={apiPath('/' + name, { newest: 1, ...query, format: 'csv' })}>CSV</a>
			</Title>
			<p class="note">{register.summary}</p>
			<State of={asked} empty={(d) => (d.records.length ? null : `The record holds no such ${register.title.toLowerCase()}.`)}>
				{(d) => <Table register={register} rows={d.records} names={names} caption={register.title} />}
			</State>
		</>
	);
}
