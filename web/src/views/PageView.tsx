// A page: its article with all that the record holds of it highlighted, what was left out and why, and its records beside it.
import { Component } from 'preact';
import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { API, apiPath, queryText, useApi } from '../api';
import { isMain, kinds, reportHere, rowsOf, type Annotation, type Page, type PageBlock, type PageSentence } from '../ui/annotate';
import { AnnotatedText } from '../ui/annotateText';
import { Decide } from '../ui/annotateDecide';
import { Summary } from '../ui/annotateSummary';
import { useWhy, WhyPanel } from '../ui/annotateWhy';
import { State } from '../ui/State';
import { day } from '../ui/When';
import type { Event, List, Row } from '../types';
import '../ui/annotate.css';

const nothing: Annotation[] = [];

function gather<T>(into: Map<number, T[]>, key: number, one: T) {
	const list = into.get(key);
	if (list) list.push(one);
	else into.set(key, [one]);
}

// Runs of what was left out are one piece each, so that the article stays readable.
type Part = { sentences: PageSentence[]; kind: string } | { refused: PageBlock[] };

function partsOf(page: Page): Part[] {
	const bySentence = new Map<number, PageSentence[]>();
	const parts: Part[] = [];
	let taken = 0;

	for (const s of page.sentences) gather(bySentence, s.block, s);
	for (const b of page.blocks) {
		const last = parts[parts.length - 1];
		if (b.kind !== 'rejected') parts.push({ sentences: bySentence.get(taken++) ?? [], kind: b.kind });
		else if (last && 'refused' in last) last.refused.push(b);
		else parts.push({ refused: [b] });
	}
	return parts;
}

interface SentenceProps {
	sentence: PageSentence;
	annotations: Annotation[];
	active: string | null;
	marked: boolean;
	links: string; // what the links depend on
	href: (record: string) => string;
	onLook: (record: string | null) => void;
}

// A page has hundreds: while one looks around, those alone are drawn anew of which something changed.
class Sentence extends Component<SentenceProps> {
	shouldComponentUpdate(next: SentenceProps) {
		const now = this.props;
		return next.sentence !== now.sentence || next.annotations !== now.annotations || next.active !== now.active || next.marked !== now.marked || next.links !== now.links;
	}

	render({ sentence: s, annotations, active, marked, href, onLook }: SentenceProps) {
		const of = <AnnotatedText text={s.text} annotations={annotations} active={active} href={href} onLook={onLook} />;
		return (
			<span id={'s' + s.number} class={'sentence' + (marked ? ' chosen' : '')} aria-current={marked ? 'true' : undefined}>
				{marked ? <mark class="here">{of}</mark> : of}{' '}
			</span>
		);
	}
}

function Refused({ blocks }: { blocks: PageBlock[] }) {
	const reasons = [...new Set(blocks.map((b) => b.reason ?? 'left out'))];

	return (
		<details class="refused" open={blocks.length <= 3 || undefined}>
			<summary>
				Left out: {reasons.slice(0, 4).join(', ')}
				{reasons.length > 4 && ' …'} <span class="count">({blocks.length})</span>
			</summary>
			<ul>
				{blocks.map((b) => (
					<li>
						<span class="reason">{b.reason ?? 'left out'}</span> {b.text}
					</li>
				))}
			</ul>
		</details>
	);
}

// A link that the web gave is followed only where it is one of the web.
const webLink = (url: string | null): string | null => (url && /^https?:\/\//i.test(url) ? url : null);

function About({ page }: { page: Page }) {
	const { data } = useApi<List<{ id: string; pages: number; first_publisher: string | null }>>(apiPath('/stories', { page: page.id, limit: 1 }));
	const story = data?.records[0];
	const url = webLink(page.url);

	return (
		<p class="about">
			{page.outlet && <strong>{page.outlet}</strong>}
			{page.author && <span>{page.author}</span>}
			{page.agency && <span>credits {page.agency}</span>}
			{page.published ? (
				<time dateTime={page.published} title={page.published_basis ? 'by its ' + page.published_basis : undefined}>
					{day(page.published)}
				</time>
			) : (
				<span class="unsaid">undated</span>
			)}
			{url && (
				<a href={url} rel="noopener noreferrer nofollow external">
					the page on the web
				</a>
			)}
			{story && story.pages > 1 && <a href={'/story/' + story.id}>one of {story.pages} copies of a story</a>}
			{page.license && <span>terms: {page.license}</span>}
		</p>
	);
}

function Records({ page, shown, active, chosen, href, look }: { page: Page; shown: Set<string>; active: string | null; chosen: string | null; href: (id: string) => string; look: (id: string | null) => void }) {
	return (
		<>
			{kinds
				.filter(([kind]) => shown.has(kind) && rowsOf(page, kind).length)
				.map(([kind, title]) => (
					<section key={kind}>
						<h3>{title}</h3>
						<ul class="of-page">
							{rowsOf(page, kind).map((r) => (
								<li key={r.id} class={r.id === active ? 'on' : undefined}>
									<a
										href={href(r.id)}
										aria-current={r.id === chosen ? 'true' : undefined}
										onMouseEnter={() => look(r.id)}
										onMouseLeave={() => look(null)}
										onFocus={() => look(r.id)}
										onBlur={() => look(null)}
									>
										<Summary kind={kind} record={r} />
									</a>
								</li>
							))}
						</ul>
					</section>
				))}
		</>
	);
}

function Article({ page, again }: { page: Page; again: () => void }) {
	const { path, query } = useRoute();
	const { route } = useLocation();
	const { record: wanted, hide, find } = query as Record<string, string | undefined>;
	const hidden = useMemo(() => new Set((hide ?? '').split(',').filter(Boolean)), [hide]);
	const [looked, setLooked] = useState<string | null>(null);
	const wait = useRef<ReturnType<typeof setTimeout>>();
	const body = useRef<HTMLElement>(null);
	const parts = useMemo(() => partsOf(page), [page]);
	const present = kinds.filter(([kind]) => rowsOf(page, kind).length);
	const shown = new Set(present.map(([kind]) => kind).filter((kind) => !hidden.has(kind)));

	// A record may be named by its id, by that of its report here, or, of an event that pages tell differently, by that of the version which the registers show.
	const here = useMemo(() => {
		if (!wanted) return undefined;
		for (const [kind] of kinds) {
			const row = rowsOf(page, kind).find((r) => r.id === wanted || (kind === 'events' && (r as unknown as Event).reports?.some((x) => x.id === wanted)));
			if (row) return { kind, row };
		}
		return null;
	}, [page, wanted]);
	const elsewhere = useWhy(wanted && here === null ? wanted : null);
	const chosen = useMemo(() => {
		const told = here === null && elsewhere.data ? elsewhere.data.reports.find((r) => r.page.id === page.id)?.id : undefined;
		const row = told ? page.events.find((e) => e.reports.some((r) => r.id === told)) : undefined;
		return here ?? (row ? { kind: 'events', row: row as unknown as Row } : undefined);
	}, [here, elsewhere.data, page]);
	const active = looked ?? chosen?.row.id ?? null;
	const current = active === null ? undefined : chosen?.row.id === active ? chosen : present.flatMap(([kind]) => rowsOf(page, kind).map((row) => ({ kind, row }))).find((x) => x.row.id === active);

	const bySentence = useMemo(() => {
		const map = new Map<number, Annotation[]>();
		for (const a of page.annotations) if (!hidden.has(a.kind)) gather(map, a.sentence, a);
		return map;
	}, [page, hidden]);
	const firstOf = useMemo(() => {
		const map = new Map<string, number>();
		for (const a of page.annotations) if (isMain(a) && !map.has(a.record)) map.set(a.record, a.sentence);
		return map;
	}, [page]);
	const href = (id: string) => path + queryText({ record: id, hide }) + (firstOf.has(id) ? '#s' + firstOf.get(id) : '');
	const chosenSentence = chosen ? firstOf.get(chosen.row.id) : undefined;
	const hashed = /^#s(\d+)$/.exec(location.hash)?.[1];
	// What is no record is found by its words.
	const found = find ? page.sentences.find((s) => s.text.includes(find))?.number : undefined;
	const marked = chosenSentence ?? (hashed !== undefined ? Number(hashed) : found);

	// The mouse passes over much on its way: only where it rests is asked why.
	function look(id: string | null) {
		clearTimeout(wait.current);
		wait.current = setTimeout(() => setLooked(id), id ? 120 : 250);
	}
	useEffect(() => () => clearTimeout(wait.current), []);

	// What the URL names is brought into sight, once it is there.
	useEffect(() => {
		const at = marked === undefined ? null : body.current?.querySelector(`#s${marked}`);
		setLooked(null);
		at?.scrollIntoView({ block: 'center' });
	}, [marked, chosen?.row.id]);

	const sentence = (s: PageSentence) => {
		const of = bySentence.get(s.number) ?? nothing;
		const on = active !== null && of.some((a) => a.record === active) ? active : null;
		return <Sentence key={s.number} sentence={s} annotations={of} active={on} marked={s.number === marked} links={hide ?? ''} href={href} onLook={look} />;
	};
	const title = parts.find((p) => 'sentences' in p && p.kind === 'title') as { sentences: PageSentence[] } | undefined;

	return (
		<>
			<div class="title">
				<h1>{title?.sentences.length ? title.sentences.map(sentence) : page.title ?? page.path.split('/').pop()}</h1>
				<p class="links">
					<a href={apiPath('/events', { page: page.id, format: 'csv' })} download="page-events.csv">
						CSV
					</a>
					<a href={`${API}/pages/${page.id}`}>JSON</a>
					<a href={`${API}/pages/${page.id}/raw`}>The page as it was read</a>
				</p>
			</div>
			<About page={page} />
			<div class="page-view">
				<article ref={body} aria-label="The article">
					{!page.article && <p class="note nothing">No article was found on this page; all of it was left out.</p>}
					{page.article && !page.sentences.length && <p class="note nothing">The article has no sentences.</p>}
					{parts.map((p) => {
						if ('refused' in p) return <Refused blocks={p.refused} />;
						if (p.kind === 'title') return null;
						const of = p.sentences.map(sentence);
						return p.kind === 'heading' ? <h2>{of}</h2> : <p class={p.kind === 'item' ? 'item' : undefined}>{of}</p>;
					})}
				</article>
				<aside aria-label="Records of this page">
					<h2>Records</h2>
					{present.length ? (
						<fieldset class="legend">
							<legend class="unseen">Kinds to highlight</legend>
							{present.map(([kind, name]) => (
								<label key={kind}>
									<input
										type="checkbox"
										checked={!hidden.has(kind)}
										onChange={() => {
											const now = new Set(hidden);
											if (!now.delete(kind)) now.add(kind);
											route(path + queryText({ record: wanted, hide: [...now].join(',') }) + location.hash, true);
										}}
									/>
									<span class={'piece line-0 k-' + kind}>{name}</span> <span class="count">{rowsOf(page, kind).length}</span>
								</label>
							))}
						</fieldset>
					) : (
						<p class="note nothing">The record holds nothing of this page.</p>
					)}
					<div class={'why' + (chosen ? ' kept' : '')} role="region" aria-label="Why it is recorded" hidden={!present.length}>
						{current ? (
							<>
								{chosen && (
									<a class="close" href={path + queryText({ hide })}>
										Close
									</a>
								)}
								<WhyPanel key={active} id={current.kind === 'events' ? reportHere(page.id, current.row as unknown as Event)?.id ?? current.row.id : current.row.id} kind={current.kind} record={current.row} page={page.id} />
								{chosen?.row.id === current.row.id && <Decide key={current.row.id} kind={current.kind} id={current.row.id} record={current.row} onDone={(id) => {
									again();
									route(path + queryText({ record: id, hide }), true);
								}} />}
							</>
						) : wanted && here === null && !elsewhere.loading ? (
							<p class="note">This page tells nothing of the record that is asked for{elsewhere.error ? ': ' + elsewhere.error.message : ''}.</p>
						) : (
							<p class="note">Point at a highlight, or choose a record, to see why it is there.</p>
						)}
					</div>
					<Records page={page} shown={shown} active={active} chosen={chosen?.row.id ?? null} href={href} look={look} />
				</aside>
			</div>
		</>
	);
}

export function PageView() {
	const { params } = useRoute();
	const [turn, setTurn] = useState(0);
	const id = params.id ?? '';
	// The fragment is not sent: it only makes another question of the same one, after a decision.
	const asked = useApi<Page>(`${API}/pages/${encodeURIComponent(id)}#${turn}`);

	useEffect(() => {
		document.title = `${asked.data?.title ?? 'Page'} · chancery`;
	}, [asked.data]);
	return <State of={asked} named="Page">{(page) => <Article key={page.id} page={page} again={() => setTurn(turn + 1)} />}</State>;
}
