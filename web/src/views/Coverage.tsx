import { useRoute } from 'preact-iso';
import { apiPath, filtersOf, queryText, useApi } from '../api';
import { CsvLink } from '../ui/annotateCsv';
import { Choices } from '../ui/Choices';
import { Filters } from '../ui/Filters';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import { day } from '../ui/When';

interface Covered {
	key: string | null;
	pages: number;
	articles: number;
	stories: number;
	coded: number;
	events: number;
	first: string | null;
	last: string | null;
	undated: number;
	cut: number;
}

interface CoverageData {
	by: string;
	pages: number;
	articles: number;
	rows: Covered[];
	refused: { reason: string | null; pages: number }[];
}

const by: Record<string, string> = { outlet: 'Outlet', month: 'Month', lang: 'Language', version: 'Version' };

const columns: [keyof Covered, string, string][] = [
	['pages', 'Pages', 'pages read'],
	['articles', 'Articles', 'of these, with an article'],
	['stories', 'Stories', 'each once, however many copies'],
	['coded', 'Coded', 'pages that tell of an event'],
	['events', 'Events', 'each once'],
	['undated', 'Undated', 'pages without a day of publication'],
	['cut', 'Cut', 'pages longer than what is read'],
];

let languages: Intl.DisplayNames | undefined;

function name(of: string, key: string): string {
	if (of === 'month') return day(key);
	if (of !== 'lang') return key;
	languages ??= new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });
	try {
		return languages.of(key) ?? key;
	} catch {
		return key;
	}
}

export function Coverage() {
	const { query } = useRoute();
	const filters = filtersOf(query, ['by']);
	const how = filters.by && by[filters.by] ? filters.by : 'outlet';
	const asked = useApi<CoverageData>(apiPath('/coverage', { ...filters, by: how }));

	return (
		<>
			<Title text="Coverage">
				{asked.data && (
					<CsvLink
						name={'coverage-by-' + how}
						columns={[how, ...columns.map(([field]) => field), 'first', 'last']}
						rows={asked.data.rows.map((r) => [r.key, ...columns.map(([field]) => r[field]), r.first, r.last])}
					/>
				)}
			</Title>
			<p class="summary">What was read: the record can be no better than this. <a href="/unknown">Names that no list has</a> stand by themselves.</p>
			<Choices label="Coverage by" param="by" of={Object.entries(by).map(([key, title]) => [key === 'outlet' ? '' : key, 'By ' + title.toLowerCase()])} />
			<Filters name="coverage" filters={['since', 'until']} keep={['by']} />
			<State of={asked} empty={(d) => (d.pages ? null : 'No page that was read fits.')}>
				{(d) => (
					<>
						<p>{`${d.pages.toLocaleString('en')} ${d.pages === 1 ? 'page' : 'pages'}, of which ${d.articles.toLocaleString('en')} with an article.`}</p>
						<table class="records figures" role="table">
							<caption class="unseen">Coverage by {by[d.by]?.toLowerCase()}</caption>
							<thead role="rowgroup">
								<tr role="row">
									<th role="columnheader" scope="col">
										{by[d.by] ?? d.by}
									</th>
									{columns.map(([field, title, meaning]) => (
										<th key={field} role="columnheader" scope="col" class="is-number" title={meaning}>
											{title}
										</th>
									))}
									<th role="columnheader" scope="col">
										From – to
									</th>
								</tr>
							</thead>
							<tbody role="rowgroup">
								{d.rows.map((r) => (
									<tr key={r.key ?? ''} role="row">
										<td role="cell" class="is-text" data-title={by[d.by]}>
											{r.key === null ? (
												<span class="unsaid">unsaid</span>
											) : d.by === 'month' ? (
												<a href={'/register/pages' + queryText({ since: r.key, until: r.key })}>{name(d.by, r.key)}</a>
											) : (
												name(d.by, r.key)
											)}
										</td>
										{columns.map(([field, title]) => (
											<td key={field} role="cell" class="is-number" data-title={title}>
												{r[field] ? Number(r[field]).toLocaleString('en') : null}
											</td>
										))}
										<td role="cell" class="is-span" data-title="From – to">
											{r.first && r.last ? (r.first === r.last ? day(r.first) : `${day(r.first)} – ${day(r.last)}`) : <span class="unsaid">undated</span>}
										</td>
									</tr>
								))}
							</tbody>
						</table>
						{d.refused.length > 0 && (
							<section aria-labelledby="refused">
								<h2 id="refused">Pages without an article</h2>
								<p class="note">Why what stands on them was refused; each page’s own view shows it block by block.</p>
								<table class="numbers">
									<thead>
										<tr>
											<th scope="col">Most of it is</th>
											<th scope="col">Pages</th>
										</tr>
									</thead>
									<tbody>
										{d.refused.map((r) => (
											<tr key={r.reason ?? ''}>
												<th scope="row">{r.reason ?? 'unsaid'}</th>
												<td>{r.pages.toLocaleString('en')}</td>
											</tr>
										))}
									</tbody>
								</table>
							</section>
						)}
					</>
				)}
			</State>
		</>
	);
}
