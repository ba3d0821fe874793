// What the newest pages tell of that no list and no frame knows, most often first: what a list or a frame of one's own could be given.
import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { apiPath, filtersOf, queryText, useApi } from '../api';
import { Choices } from '../ui/Choices';
import { Filters } from '../ui/Filters';
import { Paging } from '../ui/Paging';
import { meant, Parties, useTwofold } from '../ui/Party';
import { Sentence } from '../ui/Sentence';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import type { List } from '../types';

interface Thing {
	n: number;
	kind: 'phrase' | 'person' | 'organisation';
	what: string;
	source: string;
	target: string;
	sentence: string;
	page: string;
	entry: string;
}

const kinds: [string, string][] = [['', 'All'], ['person', 'people'], ['organisation', 'organisations'], ['phrase', 'turns of phrase']];
const pages: [string, string][] = [['', 'the newest 20 pages'], ['100', 'the newest 100'], ['200', 'the newest 200']];

// "watch (verb) with": the word itself is what stands in the sentence, in one form or another.
const markedIn = (t: Thing) => (t.kind === 'phrase' ? t.what.split(' ')[0]! : t.what);

const columns: [string, string][] = [['Times', 'is-number'], ['What', 'is-name'], ['Kind', 'is-code'], ['Between', 'is-parties'], ['For example', 'is-sentence'], ['Page', 'is-source']];

function One({ thing: t, at }: { thing: Thing; at: string }) {
	const [open, set] = useState(false);
	const sides = [t.source, t.target].filter(Boolean);
	const twofold = useTwofold();
	const names = new Map(sides.flatMap((code): [string, string][] => (twofold.has(code) ? [[code, meant(twofold.get(code)!, t.sentence)]] : [])));
	const find = queryText({ find: t.kind === 'phrase' ? t.sentence.slice(0, 80) : t.what });

	return (
		<>
			<tr role="row" class={open ? 'open' : undefined}>
				<td role="cell" class="is-number" data-title="Times">
					{t.n.toLocaleString('en')}
				</td>
				<td role="cell" class="is-name" data-title="What">
					{t.kind === 'phrase' ? t.what : <a href={'/search' + queryText({ words: `"${t.what}"` })}>{t.what}</a>}
					<button type="button" class="told" aria-expanded={open} aria-controls={at} onClick={() => set(!open)}>
						{t.kind === 'phrase' ? 'lines for a frame' : 'lines for a list'}
						<span class="unseen">: {t.what}</span>
					</button>
				</td>
				<td role="cell" class="is-code" data-title="Kind">
					{t.kind}
				</td>
				<td role="cell" class="is-parties" data-title="Between">
					<Parties of={sides} names={names} />
				</td>
				<td role="cell" class="is-sentence" data-title="For example">
					<Sentence text={t.sentence} marked={markedIn(t)} />
				</td>
				<td role="cell" class="is-source" data-title="Page">
					<a class="source" href={`/page/${t.page}${find}`}>
						In its page
					</a>
				</td>
			</tr>
			{open && (
				<tr role="row" class="detail" id={at}>
					<td role="cell" colSpan={columns.length}>
						<pre>{t.entry}</pre>
					</td>
				</tr>
			)}
		</>
	);
}

export function Unknown() {
	const { query } = useRoute();
	const { after, kind } = query as Record<string, string>;
	const asks = filtersOf(query, ['pages']);
	const asked = useApi<List<Thing>>(apiPath('/unknown', { ...asks, after }));
	const of = (d: List<Thing>) => d.records.filter((t) => !kind || t.kind === kind);
	const what = kinds.find(([k]) => k && k === kind)?.[1] ?? 'names and turns of phrase';

	return (
		<>
			<Title text="Unknown names">
				<a href={apiPath('/unknown', { ...asks, format: 'csv' })} download="unknown.csv">
					CSV
				</a>
			</Title>
			<p class="summary">Names that no list has, and turns of phrase between two parties that no frame reads, in the newest pages; most often told first. Lines that a list or frame of one’s own could begin with stand behind each.</p>
			<Choices label="Kind" param="kind" of={kinds} />
			<Choices label="Pages" param="pages" of={pages} />
			<Filters name="unknown" filters={['since', 'until']} keep={['kind', 'pages', 'page']} />
			<State of={asked} empty={(d) => (of(d).length ? null : `These pages tell of no ${what} that the lists do not know.`)}>
				{(d) => (
					<>
						<table class="records" role="table">
							<caption class="unseen">Unknown names and turns of phrase</caption>
							<thead role="rowgroup">
								<tr role="row">
									{columns.map(([title, is]) => (
										<th key={title} role="columnheader" scope="col" class={is}>
											{title}
										</th>
									))}
								</tr>
							</thead>
							<tbody role="rowgroup">
								{of(d).map((t, i) => (
									<One key={t.kind + t.what + t.source + t.target} thing={t} at={'lines-' + i} />
								))}
							</tbody>
						</table>
						<Paging next={d.next} what={what} />
					</>
				)}
			</State>
		</>
	);
}
