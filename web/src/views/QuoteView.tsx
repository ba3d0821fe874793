// A statement in all its wordings: who printed it how, word by word against the first telling.
import { useRoute } from 'preact-iso';
import { API, useApi } from '../api';
import { CsvLink } from '../ui/annotateCsv';
import { Decide } from '../ui/annotateDecide';
import { Fields, Reviewing, type Reviewed } from '../ui/annotateWhy';
import { Parties, Person } from '../ui/Party';
import { pageHref, Source } from '../ui/Source';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import { day } from '../ui/When';
import { useState } from 'preact/hooks';
import type { PageInfo } from '../types';
import '../ui/annotate.css';

interface Edit {
	kind: 'same' | 'replace' | 'insert' | 'delete';
	from?: string;
	to?: string;
}

interface Version {
	id: string;
	speaker: string | null;
	country: string | null;
	text: string;
	said: string;
	direct: boolean;
	addressee: string | null;
	occasion: string | null;
	views: { about: string | null; party: string | null; stance: string | null; words: string | null }[];
	context: string[];
	sentence: string | null;
	page: PageInfo;
	same: number;
	edits: Edit[];
	reviewed?: Reviewed;
	[field: string]: unknown;
}

interface Quote {
	id: string;
	saying: string | null;
	speaker: string | null;
	text: string;
	wordings: number | null;
	tellings: number | null;
	versions: Version[];
}

function Edits({ of }: { of: Edit[] }) {
	return (
		<>
			{of.map((e, i) => (
				<span key={i}>
					{e.kind === 'same' && e.to}
					{(e.kind === 'delete' || e.kind === 'replace') && <del>{e.from}</del>}
					{e.kind === 'replace' && ' '}
					{(e.kind === 'insert' || e.kind === 'replace') && <ins>{e.to}</ins>}{' '}
				</span>
			))}
		</>
	);
}

function Told({ version: v, first }: { version: Version; first: boolean }) {
	return (
		<>
			<p class="note">
				<Source page={v.page} record={v.id} />
				{first ? ' · the first telling' : v.same === 1 ? ' · in the same words' : ` · ${Math.round(v.same * 100)}% the same words`}
				{!v.direct && ' · reported, not quoted'}
				{v.addressee && ` · to ${v.addressee}`}
				{v.occasion && ` · at ${v.occasion}`}
			</p>
			<blockquote>{first || !v.edits.length ? v.text : <Edits of={v.edits} />}</blockquote>
			{v.reviewed && <Reviewing of={v.reviewed} />}
		</>
	);
}

const few = 20;

export function QuoteView() {
	const { params } = useRoute();
	const [all, setAll] = useState(false);
	const [turn, setTurn] = useState(0);
	const id = params.id ?? '';
	const asked = useApi<Quote>(`${API}/quotes/${encodeURIComponent(id)}${all ? '?limit=1000' : ''}#${turn}`);

	return (
		<State of={asked} named="Quotation">
			{(q) => {
				const one = q.versions.find((v) => v.id === id) ?? q.versions[0]!;
				const days = q.versions.map((v) => v.page.published).filter(Boolean);
				return (
					<>
						<Title text={`${q.speaker ?? 'Somebody'} said`}>
							<CsvLink
								name="wordings"
								columns={['id', 'published', 'outlet', 'speaker', 'direct', 'said', 'same', 'page', 'url']}
								rows={q.versions.map((v) => [v.id, v.page.published, v.page.outlet, v.speaker, v.direct, v.said, v.same, v.page.id, v.page.url])}
							/>
							<a href={`${API}/quotes/${q.id}`}>JSON</a>
						</Title>
						<p class="summary">
							{q.speaker && <Person name={q.speaker} />}
							{one.country && (
								<>
									, <Parties of={[one.country]} />
								</>
							)}
							{': '}
							{q.versions.length === 1 ? 'told by one page' : `told by ${q.tellings ?? q.versions.length} pages in ${q.wordings ?? 1} ${q.wordings === 1 ? 'wording' : 'wordings'}`}
							{days.length > 0 && `, first on ${day(days[0]!)}`}.
						</p>
						<blockquote class="spoken">{q.text}</blockquote>
						<h2>{q.versions.length === 1 ? 'Where it is told' : 'Wordings'}</h2>
						{q.versions.length > 1 && (
							<p class="note">
								Against the first telling: <del>what is not there</del>, <ins>what stands instead</ins>.
							</p>
						)}
						<ol class="tellings">
							{q.versions.map((v, i) => (all || i < few || v.id === id) && (
								<li key={v.id} data-record aria-current={v.id === id && q.versions.length > 1 ? 'true' : undefined}>
									<Told version={v} first={i === 0} />
								</li>
							))}
						</ol>
						{q.versions.length > few && (
							<button type="button" class="told" aria-expanded={all} onClick={() => setAll(!all)}>
								{all ? `The first ${few}` : `All ${Math.max(q.versions.length, q.tellings ?? 0).toLocaleString('en')} tellings`}
							</button>
						)}
						{all && !asked.loading && (q.tellings ?? 0) > q.versions.length + 1 && <p class="note">The first {q.versions.length.toLocaleString('en')} of {q.tellings!.toLocaleString('en')}.</p>}
						{one.views.length > 0 && (
							<>
								<h2>What it speaks of</h2>
								<ul>
									{one.views.map((x) => (
										<li>
											{x.about ?? x.party}
											{x.stance && `: ${x.stance}`}
											{x.words && ` (“${x.words}”)`}
										</li>
									))}
								</ul>
							</>
						)}
						<h2>What is recorded</h2>
						<Fields kind="quotes" record={{ ...one, text: null, said: null, sentence: null, page: null, same: null }} />
						<p class="links">
							<a href={pageHref(one.page.id, one.id)}>In its page</a> · <a href={'/event/' + one.id}>Why it is recorded</a>
						</p>
						<Decide key={one.id} kind="quotes" id={one.id} record={one} onDone={() => setTurn(turn + 1)} />
					</>
				);
			}}
		</State>
	);
}
