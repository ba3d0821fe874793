// Full text: sentences that have all the words, each between its neighbours, the words marked.
import { useLocation, useRoute } from 'preact-iso';
import { useMemo, useRef, useState } from 'preact/hooks';
import { apiPath, queryText, useApi } from '../api';
import { fitsOf, Marked } from '../ui/annotateMarks';
import { Paging } from '../ui/Paging';
import { pageHref, Source } from '../ui/Source';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import type { List, PageInfo } from '../types';
import '../ui/annotate.css';

interface Hit {
	page: PageInfo;
	number: number | null;
	before: string | null;
	text: string;
	after: string | null;
}

const day = '\\d{4}(-\\d\\d(-\\d\\d)?)?';

export function Search() {
	const { path, query } = useRoute();
	const { route } = useLocation();
	const { words = '', since, until, outlet, after } = query as Record<string, string | undefined>;
	const form = useRef<HTMLFormElement>(null);
	const [outletsWanted, wantOutlets] = useState(false);
	const outlets = useApi<{ rows: { key: string | null }[] }>(outletsWanted ? apiPath('/coverage', { by: 'outlet' }) : null);
	const asked = useApi<List<Hit>>(words.trim() ? apiPath('/search', { words, since, until, outlet, after, limit: 25 }) : null);
	const fits = useMemo(() => fitsOf(words), [words]);

	function apply() {
		if (form.current?.reportValidity()) route(path + queryText(Object.fromEntries([...new FormData(form.current)].map(([k, v]) => [k, String(v).trim()]))));
	}

	return (
		<>
			<Title text={words ? `Search: ${words}` : 'Search'}>
				{words && (
					<a href={apiPath('/search', { words, since, until, outlet, format: 'csv' })} download="search.csv">
						CSV
					</a>
				)}
			</Title>
			<form
				class="finds"
				ref={form}
				method="get"
				action="/search"
				role="search"
				aria-label="Full text"
				onSubmit={(e) => {
					e.preventDefault();
					apply();
				}}
			>
				<div class="field wide">
					<label for="find-words">Words, all of them in one sentence; "a phrase"; begin*</label>
					<input id="find-words" name="words" type="search" value={words} autocomplete="off" />
				</div>
				<div class="field">
					<label for="find-since">Published since</label>
					<input id="find-since" name="since" value={since ?? ''} placeholder="2018-05" pattern={day} title="A year, a month or a day: 2018, 2018-05, 2018-05-01" size={10} autocomplete="off" />
				</div>
				<div class="field">
					<label for="find-until">Until</label>
					<input id="find-until" name="until" value={until ?? ''} placeholder="2018" pattern={day} title="A year, a month or a day: 2018, 2018-05, 2018-05-01" size={10} autocomplete="off" />
				</div>
				<div class="field">
					<label for="find-outlet">Outlet</label>
					<input id="find-outlet" name="outlet" value={outlet ?? ''} list="find-outlets" autocomplete="off" onFocus={() => wantOutlets(true)} />
					<datalist id="find-outlets">
						{(outlets.data?.rows ?? []).map((r) => r.key && <option key={r.key} value={r.key} />)}
					</datalist>
				</div>
				<button type="submit">Search</button>
			</form>
			{!words.trim() ? (
				<p class="note nothing">Words to look for are wanted. All that was read is searched, what is no event too.</p>
			) : (
				<State of={asked} empty={(d) => (d.records.length ? null : after ? 'There is no more.' : 'No sentence has all these words. Fewer words find more, and so does the beginning of a word with a *.')}>
					{(d) => (
						<>
							<ol class="hits" start={Number(after ?? 0) + 1}>
								{d.records.map((h) => (
									<li key={h.page.id + h.number} data-record>
										<p class="context">
											{h.before && <span class="near-by">{h.before} </span>}
											<Marked text={h.text} fits={fits} />
											{h.after && <span class="near-by"> {h.after}</span>}
										</p>
										<p class="note">
											<a href={pageHref(h.page.id, undefined, h.number)}>{h.page.title ?? h.page.path.split('/').pop()}</a> · <Source page={h.page} sentence={h.number} />
										</p>
									</li>
								))}
							</ol>
							<Paging next={d.next} what="sentences" />
						</>
					)}
				</State>
			)}
		</>
	);
}
