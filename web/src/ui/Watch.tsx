// Watch-lists: questions that are kept in the store, each with a feed. Keeping and forgetting want the token of the review.
import { useRef, useState } from 'preact/hooks';
import { apiPath, get, useApi } from '../api';
import type { List } from '../types';
import { registers } from '../views/registers';
import { useNamed } from './Party';
import { ask, useRight } from './annotateToken';

interface WatchList {
	name: string;
	title: string;
	register: string;
	filters: Record<string, string>;
}

// "Visits to Egypt" to "visits-to-egypt", as the server wants it. A title in letters that names have none of, or in none, is told apart by a
// sum of it (FNV-1a): "Визиты" and "Письма" are two.
export function nameOf(title: string): string {
	const plain = title.trim().normalize('NFKD').toLowerCase();
	const name = plain
		.replace(/\p{M}/gu, '')
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60);
	let sum = 0x811c9dc5;

	if (name && !/[^a-z0-9\p{M}\p{P}\p{S}\p{Z}]/u.test(plain)) return name;
	for (const c of plain) sum = Math.imul(sum ^ c.codePointAt(0)!, 0x01000193);
	return (name.slice(0, 40) || 'list') + '-' + (sum >>> 0).toString(16).padStart(8, '0');
}

const sameQuestion = (w: WatchList, register: string, filters: Record<string, string>) =>
	w.register === register && Object.keys({ ...w.filters, ...filters }).every((f) => w.filters[f] === filters[f]);

const sides = ['who', 'with', 'place', 'to'];

// "Visits: who Egypt, since 1977"
function inWords({ register, filters }: WatchList, named: (asked: string) => string): string {
	const asked = Object.entries(filters).map(([name, value]) => `${name} ${sides.includes(name) ? named(value) : value}`);

	return (registers[register]?.title ?? register) + (asked.length ? ': ' + asked.join(', ') : '');
}

// Why the token that was here is not any more.
function Refused({ why }: { why: string }) {
	return why ? (
		<p class="note problem" role="alert">
			{why} <a href="/review">Enter it anew</a>
		</p>
	) : null;
}

// A form under a register's filters; nothing where nobody may write.
export function Keep({ register, filters }: { register: string; filters: Record<string, string> }) {
	const { token, refused } = useRight();
	const [title, setTitle] = useState('');
	const [told, tell] = useState('');

	if (!token) return <Refused why={refused} />;
	const keep = async (e: SubmitEvent) => {
		e.preventDefault();
		try {
			// The server writes over what has the name: another question is not lost for a title that is alike.
			const there = (await get<List<WatchList>>(apiPath('/watchlists', { limit: 1000 }))).records.find((w) => w.name === nameOf(title));
			if (there && !sameQuestion(there, register, filters)) {
				tell(`“${there.title}” is kept already and asks something else: choose another title, or forget that one first.`);
				return;
			}
			await ask('PUT', '/watchlists/' + nameOf(title), { title: title.trim(), register, filters });
			tell(`Kept: “${title.trim()}” stands on the overview.`);
			setTitle('');
		} catch (error) {
			tell((error as Error).message);
		}
	};
	return (
		<details class="keep">
			<summary>Keep this question as a watch-list</summary>
			<form onSubmit={keep}>
				<div class="field">
					<label for="keep-title">Title</label>
					<input id="keep-title" value={title} onInput={(e) => setTitle(e.currentTarget.value)} required maxLength={200} autocomplete="off" />
				</div>
				<button disabled={!title.trim()}>Keep</button>
			</form>
			<p role="status" class="note">
				{told}
			</p>
		</details>
	);
}

// Those that are kept; nothing where there are none.
export function WatchLists() {
	const [times, again] = useState(0);
	const { data } = useApi<List<WatchList>>(apiPath('/watchlists', { limit: 1000 }), times);
	const { token, refused } = useRight();
	const [told, tell] = useState('');
	const heading = useRef<HTMLHeadingElement>(null);
	const named = useNamed();
	const forget = async (w: WatchList) => {
		try {
			await ask('DELETE', '/watchlists/' + w.name);
			tell(`Forgotten: “${w.title}”.`);
			heading.current?.focus();
		} catch (error) {
			tell((error as Error).message);
		}
		again((n) => n + 1);
	};

	if (!data?.records.length && !told) return null;
	return (
		<section aria-labelledby="watch">
			<h2 id="watch" tabIndex={-1} ref={heading}>
				Watch-lists
			</h2>
			<Refused why={refused} />
			<p role="status" class="note">
				{token && told}
			</p>
			<ul class="watch">
				{data?.records.map((w) => (
					<li key={w.name}>
						<a href={`/register/${w.register}${Object.keys(w.filters).length ? '?' + new URLSearchParams(w.filters) : ''}`}>{w.title}</a>{' '}
						<span class="note">{inWords(w, named)}</span>{' '}
						<a class="feed" href={apiPath(`/watchlists/${w.name}/atom.xml`)} aria-label={`Feed of ${w.title}`}>
							Feed
						</a>
						{token && (
							<button type="button" aria-label={`Forget ${w.title}`} onClick={() => forget(w)}>
								Forget
							</button>
						)}
					</li>
				))}
			</ul>
		</section>
	);
}
