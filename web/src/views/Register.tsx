import { useRoute, useLocation } from 'preact-iso';
import { apiPath, useApi } from '../api';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import type { List, Row } from '../types';

export function Register() {
	const { params } = useRoute();
	const { query } = useLocation();
	const name = params.name ?? 'events';
	const asked = useApi<List<Row>>(apiPath('/' + name, query));

	return (
		<>
			<Title text={name}>
				<a href={apiPath('/' + name, { ...query, format: 'csv' })}>CSV</a>
			</Title>
			<State of={asked} empty={(d) => (d.records.length ? null : 'Nothing in the record fits.')}>
				{(d) => <p>{d.records.length} records</p>}
			</State>
		</>
	);
}
