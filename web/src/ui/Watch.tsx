// Watch-lists: questions that are kept in the store, each with a feed. Keeping and forgetting want the token of the review.
import { useState } from 'preact/hooks';
import { apiPath, useApi } from '../api';
import type { List } from '../types';
import { ask, useRight } from './annotateToken';

interface WatchList {
	name: string;
	title: string;
	register: string;
	filters: Record<string, string>;
}

// "Visits to Egypt" to "visits-to-egypt", as the server wants it.
const nameOf = (title: string) =>
	title
		.normalize('NFKD')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60);

// A form under a register's filters; nothing where nobody may write.
export function Keep({ register, filters }: { register: string; filters: Record<string, string> }) {
	const { token } = useRight();
	const [title, setTitle] = useState('');
	const [told, tell] = useState('');

	if (!token) return null;
	const keep = async (e: SubmitEvent) => {
		e.preventDefault();
		try {
			await ask('PUT', '/watchlists/' + nameOf(title), { title, register, filters });
			tell(`Kept: “${title}” stands on the overview.`);
			setTitle('');
		} catch (error) {
			tell((error as Error).message);
		}
	};
	return (
		<details class="keep">
			<summary>Keep this question as a watch-list</summary>
			<form onSubmit={keep}>
				<label>
					Title
					<input value={title} onInput={(e) => setTitle(e.currentTarget.value)} required maxLength={200} />
				</label>
				<button disabled={!nameOf(title)}>Keep</button>
			</form>
			<p role="status">{told}</p>
		</details>
	);
}

// Those that are kept; nothing where there are none.
export function WatchLists() {
	const [times, again] = useState(0);
	const { data } = useApi<List<WatchList>>(apiPath('/watchlists'), times);
	const { token } = useRight();

	if (!data?.records.length) return null;
	return (
		<section aria-labelledby="watch">
			<h2 id="watch">Watch-lists</h2>
			<ul class="watch">
				{data.records.map((w) => (
					<li key={w.name}>
						<a href={`/register/${w.register}${Object.keys(w.filters).length ? '?' + new URLSearchParams(w.filters) : ''}`}>{w.title}</a>{' '}
						<a class="feed" href={apiPath(`/watchlists/${w.name}/atom.xml`)} aria-label={`Feed of ${w.title}`}>
							Feed
						</a>
						{token && (
							<button aria-label={`Forget ${w.title}`} onClick={() => ask('DELETE', '/watchlists/' + w.name).finally(() => again((n) => n + 1))}>
								Forget
							</button>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}
