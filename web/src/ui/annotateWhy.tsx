// Why a record is there: the frame that fired, how it found each party, on what dates rest, which versions read it.
import { API, useApi } from '../api';
import { State } from './State';
import { pageHref } from './Source';
import { basisInWords } from './When';
import { dateInWords, partiesInWords, Summary } from './annotateSummary';
import { kindName } from './annotate';
import { useNames } from './Party';
import { inWords } from '../vocabulary';
import type { PageInfo } from '../types';

export interface Told {
	id?: string;
	page: PageInfo & { program_version?: string; lexicon_version?: string; model_version?: string };
	story?: string | null;
	version?: string | null;
	text: string | null;
	marked?: [number, number] | null;
	trigger?: string | null;
	frame?: string | null;
	path?: string | null;
	context_why?: string | null;
	date_basis?: string | null;
	place_basis?: string | null;
	cameo?: string | null;
	claimed_by?: string | null;
	claimed_in?: string | null;
}

export interface Reviewed {
	verdict: string;
	by: string | null;
	reason: string | null;
	at: string | null;
	set: Record<string, string | null>;
	coded: Record<string, string | null>;
}

export interface Why {
	kind: string;
	id: string;
	record: Record<string, unknown> & { id: string; reviewed?: Reviewed; confidence?: number };
	voices?: { pages: number; copies: number; outlets: number; independent: number; first_seen: string | null; agencies: string[]; reports: number };
	reports: Told[];
	agenda?: Record<string, unknown>;
}

// A fragment behind the id ("#2") makes another question of the same one.
export const useWhy = (id: string | null) => useApi<Why>(id ? `${API}/why/${id.split('#').map(encodeURIComponent).join('#')}` : null);

// The view of a record by itself.
export const recordHref = (kind: string, id: string): string =>
	(kind === 'quotes' ? '/quote/' : kind === 'instruments' ? '/instrument/' : '/event/') + encodeURIComponent(id);

export function Reviewing({ of }: { of: Reviewed }) {
	const set = Object.entries(of.set);

	return (
		<p class="reviewed">
			<strong>{of.verdict}</strong> by {of.by ?? 'somebody'}
			{of.at && <>, {of.at.slice(0, 10)}</>}
			{of.reason && <>: {of.reason}</>}
			{set.length > 0 && (
				<>
					{' '}
					(
					{set.map(([field, value], i) => (
						<span key={field}>
							{i > 0 && '; '}
							{field}: {of.coded[field] ? <del>{of.coded[field]}</del> : null} <ins>{value ?? 'unsaid'}</ins>
						</span>
					))}
					)
				</>
			)}
		</p>
	);
}

// A place has bases of its own.
export const placeBasis = (basis: string | null | undefined): string | undefined => (basis === 'dateline' ? 'where the report comes from' : basis === 'said' ? 'the page says so' : basisInWords(basis));

const Line = ({ title, children }: { title: string; children: preact.ComponentChildren }) =>
	children ? (
		<div>
			<dt>{title}</dt>
			<dd>{children}</dd>
		</div>
	) : null;

// What one report rests on.
export function Grounds({ told }: { told: Told }) {
	return (
		<dl class="grounds">
			<Line title="Frame">{told.frame && <code>{told.frame}</code>}</Line>
			{(told.path ?? '').split(/; (?=target: )/).filter(Boolean).map((part) => {
				const at = part.indexOf(': ');
				return (
					<Line key={part} title={at > 0 ? inWords(part.slice(0, at)).replace(/^./, (c) => c.toUpperCase()) : 'Path'}>
						{part.slice(at > 0 ? at + 2 : 0)}
					</Line>
				);
			})}
			<Line title="Date">{basisInWords(told.date_basis)}</Line>
			<Line title="Place">{placeBasis(told.place_basis)}</Line>
			<Line title="As told by">{told.claimed_by && (told.claimed_in ? <a href={'/quote/' + told.claimed_in}>{told.claimed_by}</a> : told.claimed_by)}</Line>
			<Line title="About">{told.context_why}</Line>
			<Line title="CAMEO">{told.cameo && <code>{told.cameo}</code>}</Line>
		</dl>
	);
}

export function Versions({ page }: { page: Told['page'] }) {
	return (
		<p class="note versions">
			Read by chancery {page.program_version}, lexicon {page.lexicon_version}, model {page.model_version?.split(' ')[0]}.
		</p>
	);
}

const hidden = new Set(['id', 'reviewed', 'saying', 'wordings', 'tellings', 'event', 'evidence', 'sentence', 'trigger', 'actor', 'recipient', 'frame', 'text', 'event_text', 'quad_code', 'event_scale', 'cameo', 'confidence']);
const codes = new Set(['source', 'target', 'parties', 'place', 'country', 'participants', 'host', 'mediator', 'founders', 'body', 'addressee_party']);
const dates = new Set(['date', 'since', 'due', 'founded', 'from', 'to', 'period']);

// Every field of the record that says something.
export function Fields({ kind, record }: { kind: string; record: Record<string, unknown> }) {
	const names = useNames();
	const said = Object.entries(record).filter(
		([name, v]) => !hidden.has(name) && v !== null && v !== '' && typeof v !== 'boolean' && !(Array.isArray(v) && (!v.length || typeof v[0] !== 'string')) && (typeof v !== 'object' || Array.isArray(v)),
	);

	return (
		<dl class="grounds">
			{said.map(([name, v]) => (
				<Line key={name} title={inWords(name).replace(/^./, (c) => c.toUpperCase())}>
					{codes.has(name) || (name === 'who' && kind !== 'roles') ? partiesInWords(v, names) : dates.has(name) ? dateInWords(v) : Array.isArray(v) ? v.join(', ') : String(v)}
				</Line>
			))}
		</dl>
	);
}

// Beside the article: why the record that is looked at is there. page: whose report is shown.
export function WhyPanel({ id, kind, record, page }: { id: string; kind: string; record: Record<string, unknown>; page: string }) {
	const asked = useWhy(id);

	return (
		<>
			<p class="what">
				<span class={'kind k-' + kind}>{kindName(kind)}</span> <Summary kind={kind} record={record} />
			</p>
			<State of={asked}>
				{(why) => {
					const told = why.reports.find((r) => r.page.id === page) ?? why.reports[0];
					return (
						<>
							{why.record.reviewed && <Reviewing of={why.record.reviewed} />}
							{kind === 'events' ? told && <Grounds told={told} /> : <Fields kind={kind} record={why.record} />}
							{typeof why.record.confidence === 'number' && <p class="note">Confidence {why.record.confidence.toFixed(2)}</p>}
							{why.reports.length > 1 && (
								<p class="note">
									Told by {why.reports.length} reports
									{why.voices && `, ${why.voices.independent} of them independent`}:{' '}
									{why.reports
										.filter((r) => r.page.id !== page)
										.slice(0, 5)
										.map((r, i) => (
											<span key={r.page.id}>
												{i > 0 && '; '}
												<a href={pageHref(r.page.id, r.id ?? id)}>{r.page.outlet ?? r.page.title ?? 'another page'}</a>
											</span>
										))}
								</p>
							)}
							<p class="links">
								<a href={recordHref(kind, id)}>The {kindName(kind)} by itself</a>
							</p>
							{told && <Versions page={told.page} />}
						</>
					);
				}}
			</State>
		</>
	);
}
