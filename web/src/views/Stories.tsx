// Stories: pages that are copies of each other, by their first page.
import { useRoute } from 'preact-iso';
import { apiPath, filtersOf, queryText, useApi } from '../api';
import { Filters } from '../ui/Filters';
import { Paging } from '../ui/Paging';
import { Shown } from '../ui/Shown';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import { range, When } from '../ui/When';
import type { List } from '../types';

interface StoryHead {
	id: string;
	title: string | null;
	first_publisher: string | null;
	origin: string | null;
	pages: number;
	copies: number;
	outlets: number;
	independent: number;
	first_seen: string | null;
	last_seen: string | null;
}

export function Stories() {
	const { path, query } = useRoute();
	const { after } = query as Record<string, string>;
	const filters = filtersOf(query, ['pages']);
	const pages = filters.pages ?? '2';
	const asked = useApi<List<StoryHead>>(apiPath('/stories', { newest: 1, ...filters, pages, after }));

	return (
		<>
			<Title text="Stories">
				<a href={apiPath('/stories', { newest: 1, ...filters, pages, format: 'csv' })} download="stories.csv">
					CSV
				</a>
			</Title>
			<p class="summary">
				Pages that are copies of each other: who had it first, who took it over.{' '}
				{pages === '2' ? <a href={path + queryText({ ...filters, pages: 1 })}>Those of one page too</a> : <a href={path + queryText({ ...filters, pages: undefined })}>Only those that were copied</a>}
			</p>
			<Filters name="stories" filters={['who', 'with', 'since', 'until', 'type', 'place', 'about']} />
			<Shown of={asked} one="a story" many="stories" after={after} />
			<State
				of={asked}
				empty={(d) =>
					d.records.length ? null : Object.keys(filters).length ? 'The record holds no stories that fit these filters.' : 'No page is a copy of another, so far. Each is a story of its own.'
				}
			>
				{(d) => (
					<>
						<table class="records" role="table">
							<caption class="unseen">Stories</caption>
							<thead role="rowgroup">
								<tr role="row">
									{['Seen', 'Title', 'First published by', 'From', 'Pages', 'Independent'].map((t) => (
										<th key={t} role="columnheader" scope="col" class={/Pages|Indep/.test(t) ? 'is-count' : t === 'Seen' ? 'is-date' : 'is-text'}>
											{t}
										</th>
									))}
								</tr>
							</thead>
							<tbody role="rowgroup">
								{d.records.map((s) => (
									<tr role="row" key={s.id}>
										<td role="cell" class="is-date" data-title="Seen">
											{s.first_seen && s.last_seen && s.last_seen !== s.first_seen ? range(s.first_seen, s.last_seen) : <When date={s.first_seen} />}
										</td>
										<td role="cell" class="is-text" data-title="Title">
											<a href={'/story/' + s.id}>{s.title ?? 'untitled'}</a>
										</td>
										<td role="cell" class="is-source" data-title="First published by">
											{s.first_publisher}
										</td>
										<td role="cell" class="is-source" data-title="From">
											{s.origin !== s.first_publisher && s.origin}
										</td>
										<td role="cell" class="is-count" data-title="Pages">
											{s.pages}
										</td>
										<td role="cell" class="is-count" data-title="Independent">
											{s.independent}
										</td>
									</tr>
								))}
							</tbody>
						</table>
						<Paging next={d.next} what="stories" />
					</>
				)}
			</State>
		</>
	);
}
