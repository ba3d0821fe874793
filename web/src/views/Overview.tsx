import { apiPath, useApi } from '../api';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import type { Event, List } from '../types';

export function Overview() {
	const newest = useApi<List<Event>>(apiPath('/events', { newest: 1, limit: 20 }));

	return (
		<>
			<Title text="The record" />
			<State of={newest} empty={(d) => (d.records.length ? null : 'The store holds no events yet: chancery add PATH takes pages in.')}>
				{(d) => (
					<ul>
						{d.records.map((e) => (
							<li key={e.id}>
								{e.date ?? 'undated'} {e.type} {e.text}
							</li>
						))}
					</ul>
				)}
			</State>
		</>
	);
}
