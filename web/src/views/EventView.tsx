// One record by itself: every report of it, on what each rests, who tells it differently, and what was decided.
import { useLocation, useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { API, apiPath, getOn, useApi } from '../api';
import { kindName } from '../ui/annotate';
import { CsvLink } from '../ui/annotateCsv';
import { Decide } from '../ui/annotateDecide';
import { summaryOf } from '../ui/annotateSummary';
import { Fields, Grounds, placeBasis, Reviewing, useWhy, Versions, type Why } from '../ui/annotateWhy';
import { Parties, useNames } from '../ui/Party';
import { placeOf } from '../ui/Sentence';
import { pageHref, Source } from '../ui/Source';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import { basisInWords, When } from '../ui/When';
import { inWords, statuses } from '../vocabulary';
import { One, type Conflict } from './Conflicts';
import type { Actor, List } from '../types';
import '../ui/annotate.css';

// "marked" counts bytes of the text in UTF-8.
function unitsOf(text: string, bytes: number): number {
	return new TextDecoder().decode(new TextEncoder().encode(text).slice(0, bytes)).length;
}

function Words({ text, trigger, marked }: { text: string; trigger?: string | null; marked?: [number, number] | null }) {
	const at = trigger ? placeOf(text, trigger, marked ? unitsOf(text, marked[0]) : 0) : -1;

	return at < 0 || !trigger ? (
		<>{text}</>
	) : (
		<>
			{text.slice(0, at)}
			<mark>{trigger}</mark>
			{text.slice(at + trigger.length)}
		</>
	);
}

function Facts({ why }: { why: Why }) {
	const r = why.record as Why['record'] & { source: string[]; target: string[]; actor: Actor[]; recipient: Actor[]; date: string | null; date_basis: string | null; place: string | null; place_basis: string | null; status: string; type: string; mode: string | null; context: string[] };
	const people = (list: Actor[]) => [...new Set(list.filter((a) => a.kind === 'person' && a.entity_text).map((a) => (a.office ? `${a.entity_text}, ${a.office}` : a.entity_text!)))].join('; ');
	const side = (codes: string[], list: Actor[]) =>
		codes.length > 0 && (
			<>
				<Parties of={codes} />
				{people(list) && ` (${people(list)})`}
			</>
		);
	const lines: [string, preact.ComponentChildren][] = [
		['What', inWords(r.type) + (r.mode ? ', ' + inWords(r.mode) : '')],
		[r.target.length ? 'Who' : 'Between', side(r.source, r.actor)],
		['Whom', side(r.target, r.recipient)],
		['When', <><When date={r.date} />{r.date_basis && <span class="note"> – {basisInWords(r.date_basis)}</span>}</>],
		['Where', r.place && <><Parties of={[r.place]} />{r.place_basis && <span class="note"> – {placeBasis(r.place_basis)}</span>}</>],
		['Status', <span title={statuses[r.status]}>{r.status}{statuses[r.status] && <span class="note"> – {statuses[r.status]}</span>}</span>],
		['About', r.context.map(inWords).join(', ')],
		['Rank', r.rank as string | null],
		['Delegation', r.delegation as string | null],
		['Invited by', r.invited_by as string | null],
		['Confidence', typeof r.confidence === 'number' && r.confidence.toFixed(2)],
	];

	return (
		<dl class="grounds facts">
			{lines.map(([title, value]) =>
				value ? (
					<div key={title}>
						<dt>{title}</dt>
						<dd>{value}</dd>
					</div>
				) : null,
			)}
		</dl>
	);
}

function Differing({ why }: { why: Why }) {
	const sides = [...((why.record.source as string[]) ?? []), ...((why.record.target as string[]) ?? [])];
	const asked = useApi<List<Conflict>>(apiPath('/conflicts', { who: sides[0], with: sides[1], limit: 100 }), 0, getOn<Conflict>(100));
	const ids = new Set([why.id, ...why.reports.map((r) => r.id), ...why.reports.map((r) => r.version)].filter(Boolean));
	const here = (d: List<Conflict>) => d.records.filter((c) => c.values.some((v) => ids.has(v.event) || ids.has(v.report)));

	return (
		<State of={asked} empty={(d) => (here(d).length ? null : 'All who tell it tell it alike.')}>
			{(d) => here(d).map((c, i) => <One key={i} of={c} />)}
		</State>
	);
}

function Reports({ why }: { why: Why }) {
	return (
		<ol class="reports-of">
			{why.reports.map((r) => (
				<li key={r.id ?? r.page.id} data-record>
					<blockquote>{r.text && <Words text={r.text} trigger={r.trigger} marked={r.marked} />}</blockquote>
					<p class="note">
						<a href={pageHref(r.page.id, r.id ?? why.id)}>{r.page.title ?? r.page.path.split('/').pop()}</a> · <Source page={r.page} record={r.id ?? why.id} />
						{r.story && (
							<>
								{' '}
								· <a href={'/story/' + r.story}>its story</a>
							</>
						)}
						{r.version && ' · tells a version that differs a little'}
					</p>
					<details>
						<summary>Why</summary>
						<Grounds told={r} />
						<Versions page={r.page} />
					</details>
				</li>
			))}
		</ol>
	);
}

export function EventView() {
	const { params } = useRoute();
	const { route } = useLocation();
	const names = useNames();
	const [turn, setTurn] = useState(0);
	const [differing, look] = useState(false);
	const id = params.id ?? '';
	const asked = useWhy(id + (turn ? '#' + turn : ''));

	return (
		<State of={asked} named="Record">
			{(why) => {
				const kind = why.kind === 'reports' ? 'events' : why.kind;
				const voices = why.voices;
				return (
					<>
						<Title text={summaryOf(kind, why.record, names) || `A ${kindName(kind)}`}>
							<CsvLink
								name={kindName(kind)}
								columns={['record', 'report', 'published', 'outlet', 'title', 'sentence', 'trigger', 'frame', 'path', 'claimed_by', 'page', 'url']}
								rows={why.reports.map((r) => [why.id, r.id, r.page.published, r.page.outlet, r.page.title, r.text, r.trigger, r.frame, r.path, r.claimed_by, r.page.id, r.page.url])}
							/>
							<a href={`${API}/why/${encodeURIComponent(id)}`}>JSON</a>
						</Title>
						{why.record.reviewed && <Reviewing of={why.record.reviewed} />}
						{kind === 'events' ? <Facts why={why} /> : <Fields kind={kind} record={why.record} />}
						<h2>{why.reports.length === 1 ? 'Report' : `${why.reports.length} reports`}</h2>
						{voices && voices.pages > 1 && (
							<p class="note">
								{voices.pages} pages of {voices.outlets} {voices.outlets === 1 ? 'outlet' : 'outlets'}, {voices.copies} of them copies; {voices.independent} independent{' '}
								{voices.independent === 1 ? 'voice' : 'voices'}
								{voices.agencies.length > 0 && `; from ${voices.agencies.join(', ')}`}
							</p>
						)}
						<Reports why={why} />
						{kind === 'events' && (
							<details onToggle={(e) => look(e.currentTarget.open)}>
								<summary>What pages tell differently</summary>
								{differing && <Differing why={why} />}
							</details>
						)}
						{typeof why.agenda?.state === 'string' && (
							<p>
								What came of it: <strong>{why.agenda.state}</strong>. <a href="/agenda">The agenda</a>
							</p>
						)}
						<Decide
							key={why.id + turn}
							kind={kind}
							id={id}
							record={why.record}
							onDone={(now) => {
								setTurn(turn + 1);
								if (now !== id) route('/event/' + now, true);
							}}
						/>
					</>
				);
			}}
		</State>
	);
}
