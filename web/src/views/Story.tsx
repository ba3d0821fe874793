// A story: the chain of its copies, whom each was taken from, and what was altered, word by word.
import { useRoute } from 'preact-iso';
import { useMemo, useState } from 'preact/hooks';
import { API, useApi } from '../api';
import type { Page } from '../ui/annotate';
import { CsvLink } from '../ui/annotateCsv';
import { diffWords, type Edit } from '../ui/annotateDiff';
import { pageHref } from '../ui/Source';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import { day } from '../ui/When';
import type { PageInfo } from '../types';
import '../ui/annotate.css';

interface Copy {
	page: PageInfo;
	copy: 'exact' | 'near' | 'spun' | null;
	days_late: number | null;
	credits: string[];
	from: string | null;
	from_outlet?: string | null;
	from_basis?: 'credit' | 'text';
	kept?: number;
	own?: number;
	numbers_lost?: string[];
	numbers_new?: string[];
	quotes_lost?: string[];
	quotes_new?: string[];
}

interface StoryOf {
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
	agencies: string[];
	chain: Copy[];
}

const kinds = { exact: 'the same words', near: 'much the same words', spun: 'reworded' };

// The words of the article without its title; a pilcrow between paragraphs is a word too.
function wordsOf(page: Page): string[] {
	const title = page.blocks.find((b) => b.kind !== 'rejected')?.kind === 'title' ? 0 : -1;
	const words: string[] = [];
	let block = -1;

	for (const s of page.sentences) {
		if (s.block === title) continue;
		if (block >= 0 && s.block !== block) words.push('¶');
		block = s.block;
		words.push(...s.text.split(/\s+/).filter(Boolean));
	}
	return words;
}

const around = 10;

// Long runs of what is the same are passed over but for a few words beside what is not.
function Same({ words, first, last }: { words: string[]; first: boolean; last: boolean }) {
	const lead = first ? 0 : around;
	const trail = last ? 0 : around;

	if (words.length <= lead + trail + 5) return <>{words.join(' ')} </>;
	return (
		<>
			{words.slice(0, lead).join(' ')} <span class="skipped">[{words.length - lead - trail} words the same]</span> {trail ? words.slice(-trail).join(' ') : ''}{' '}
		</>
	);
}

function Altered({ from, to }: { from: string; to: string }) {
	const a = useApi<Page>(`${API}/pages/${from}`);
	const b = useApi<Page>(`${API}/pages/${to}`);
	const edits = useMemo<Edit[]>(() => (a.data && b.data ? diffWords(wordsOf(a.data), wordsOf(b.data)) : []), [a.data, b.data]);
	const both = { data: a.data && b.data, error: a.error ?? b.error, loading: a.loading || b.loading };

	return (
		<State of={both}>
			{() =>
				edits.every((e) => e.kind === 'same') ? (
					<p class="note">The articles are the same, word for word.</p>
				) : (
					<p class="altered">
						{edits.map((e, i) =>
							e.kind === 'same' ? (
								<Same key={i} words={e.words} first={i === 0} last={i === edits.length - 1} />
							) : e.kind === 'delete' ? (
								<span key={i}>
									<del>{e.words.join(' ')}</del>{' '}
								</span>
							) : (
								<span key={i}>
									<ins>{e.words.join(' ')}</ins>{' '}
								</span>
							),
						)}
					</p>
				)
			}
		</State>
	);
}

function Changes({ lost, now, what }: { lost?: string[]; now?: string[]; what: string }) {
	if (!lost?.length && !now?.length) return null;
	return (
		<p>
			{what}:{' '}
			{lost?.map((x) => (
				<span key={x}>
					<del>{x}</del>{' '}
				</span>
			))}
			{now?.map((x) => (
				<span key={x}>
					<ins>{x}</ins>{' '}
				</span>
			))}
		</p>
	);
}

function One({ copy, chain }: { copy: Copy; chain: Copy[] }) {
	const [open, setOpen] = useState(false);
	const taken = chain.filter((c) => c.from === copy.page.id);
	const percent = (x: number | undefined) => `${Math.round((x ?? 0) * 100)}%`;

	return (
		<li data-record>
			<p>
				<span class="late">{copy.page.published ? day(copy.page.published) : 'undated'}</span> <strong>{copy.page.outlet ?? copy.page.path.split('/').pop()}</strong>
				{': '}
				<a href={pageHref(copy.page.id)}>{copy.page.title ?? 'untitled'}</a>
			</p>
			<p class="note">
				{copy.from === null
					? copy.copy === null
						? chain.length > 1 && 'came before all others'
						: kinds[copy.copy]
					: `${copy.days_late === 0 ? 'the same day' : copy.days_late === 1 ? 'a day later' : copy.days_late === null ? 'no day is known' : `${copy.days_late} days later`}; ` +
						`${copy.from_basis === 'credit' ? 'credits' : 'taken, by its text, from'} ${copy.from_outlet ?? 'the page above'}; ` +
						`${copy.copy ? kinds[copy.copy] : 'a copy'}: ${percent(copy.kept)} kept, ${percent(copy.own)} its own`}
				{copy.credits.length > 0 && copy.from === null && `${chain.length > 1 ? '; ' : ''}credits ${copy.credits.join(', ')}`}
			</p>
			<Changes what="Numbers" lost={copy.numbers_lost} now={copy.numbers_new} />
			<Changes what="Quotations" lost={copy.quotes_lost?.map((q) => `“${q}”`)} now={copy.quotes_new?.map((q) => `“${q}”`)} />
			{copy.from && (
				<details onToggle={(e) => setOpen(e.currentTarget.open)}>
					<summary>Word by word</summary>
					{open && <Altered from={copy.from} to={copy.page.id} />}
				</details>
			)}
			{taken.length > 0 && (
				<ol class="chain">
					{taken.map((c) => (
						<One key={c.page.id} copy={c} chain={chain} />
					))}
				</ol>
			)}
		</li>
	);
}

export function Story() {
	const { params } = useRoute();
	const asked = useApi<StoryOf>(`${API}/stories/${encodeURIComponent(params.id ?? '')}`);

	return (
		<State of={asked} named="Story">
			{(s) => {
				const known = new Set(s.chain.map((c) => c.page.id));
				return (
					<>
						<Title text={s.title ?? 'A story'}>
							<CsvLink
								name="chain"
								columns={['page', 'published', 'outlet', 'title', 'copy', 'days_late', 'from', 'from_outlet', 'from_basis', 'kept', 'own', 'numbers_lost', 'numbers_new', 'quotes_lost', 'quotes_new']}
								rows={s.chain.map((c) => [c.page.id, c.page.published, c.page.outlet, c.page.title, c.copy, c.days_late, c.from, c.from_outlet, c.from_basis, c.kept, c.own, c.numbers_lost, c.numbers_new, c.quotes_lost, c.quotes_new])}
							/>
							<a href={`${API}/stories/${s.id}`}>JSON</a>
						</Title>
						<p class="summary">
							{s.pages === 1 ? 'One page, of which no copies are known' : `${s.pages} pages${s.outlets ? ` of ${s.outlets} ${s.outlets === 1 ? 'outlet' : 'outlets'}` : ''}, ${s.copies} of them copies; ${s.independent} independent`}
							{s.first_publisher && `; first published by ${s.first_publisher}`}
							{s.origin && s.origin !== s.first_publisher && `, from ${s.origin}`}
							{s.first_seen && `, ${day(s.first_seen)}`}
							{s.last_seen && s.last_seen !== s.first_seen && ` to ${day(s.last_seen)}`}.
						</p>
						<h2>{s.pages === 1 ? 'Where it is told' : 'Who took it from whom'}</h2>
						{s.pages > 1 && (
							<p class="note">
								Under each page those that were taken from it: <del>what they left out</del>, <ins>what is new in them</ins>.
							</p>
						)}
						<ol class="chain">
							{s.chain
								.filter((c) => !c.from || !known.has(c.from))
								.map((c) => (
									<One key={c.page.id} copy={c} chain={s.chain} />
								))}
						</ol>
					</>
				);
			}}
		</State>
	);
}
