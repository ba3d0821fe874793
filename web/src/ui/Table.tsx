// The rows of a register, as its columns want them. On a phone each row is a block with the titles in front of its values; roles are
// named because a table whose parts are laid out as blocks is none to a screen reader otherwise.
import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { fitsOf, Marked } from './annotateMarks';
import { meant, Parties, Party, Person, useNames, useTwofold, type Known } from './Party';
import { Sentence } from './Sentence';
import { pageHref, Path, Source } from './Source';
import { basisInWords, day, When } from './When';
import { hrefOfCommand, valueOf, type Column, type Register } from '../views/registers';
import { inWords, quads, states, statuses } from '../vocabulary';
import type { Actor, PageInfo, Report, Row, Span } from '../types';

const reportsOf = (row: Row): Report[] => (Array.isArray(row.reports) ? (row.reports as (Report | string)[]).filter((r): r is Report => typeof r === 'object') : []);

// The page that tells an event is that of its first report; that of a plan, of its first telling.
const pageOf = (row: Row): PageInfo | undefined => row.page ?? reportsOf(row)[0]?.page ?? (row.first as { page?: PageInfo } | undefined)?.page;

// Some organisations have the code of a state. Which of the two takes part an event's actors say; of other rows their own words, or those of
// their page's title.
function namesIn(row: Row, names: Map<string, string>, twofold: Map<string, Known[]>, columns: Column[]): Map<string, string> {
	const actors = [row.actor, row.recipient].flatMap((side) => (Array.isArray(side) ? (side as Actor[]) : []));
	const own = new Map<string, string>();

	for (const c of columns) {
		const value = c.kind === 'parties' ? valueOf(row, c.field) : null;
		for (const code of Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? value.split(/[,;] /) : []) {
			const both = twofold.get(code);
			if (both && !actors.some((a) => a.code === code)) own.set(code, meant(both, `${String(typeof row.sentence === 'string' ? row.sentence : row.text)} ${row.page?.title ?? ''}`));
		}
	}
	for (const a of actors) if (a.kind === 'organisation' && a.identifier_id && a.identifier_text) own.set(a.identifier_id, a.identifier_text);
	return own.size ? new Map([...names, ...own]) : names;
}

const comparisons: Record<string, string> = { '>': 'more than ', '<': 'less than ', '~': 'about ', '>=': 'at least ', '<=': 'at most ' };

// How far into the sentence its trigger is, by bytes of the page: enough to tell two places of one word apart.
function offset(inner: unknown, outer: unknown): number {
	return Array.isArray(inner) && Array.isArray(outer) ? (inner as Span)[0] - (outer as Span)[0] : 0;
}

function Words({ row, column }: { row: Row; column: Column }) {
	const value = valueOf(row, column.field);
	const report = reportsOf(row)[0];

	if (typeof value !== 'string') return null;
	return <Sentence text={value} marked={report && column.field === 'text' ? report.trigger : undefined} near={offset(row.trigger, row.sentence)} />;
}

function Value({ row, column, names }: { row: Row; column: Column; names?: Map<string, string> }) {
	const value = valueOf(row, column.field);
	const search = useRoute().query.search ?? '';

	switch (column.kind) {
		case 'date':
			return value || column.title === 'Date' ? <When date={value} basis={column.basis && row[column.basis]} /> : null;
		case 'parties':
			return value && (value as string | string[]).length ? (
				<span title={basisInWords(column.basis && row[column.basis])}>
					<Parties of={value} names={names} />
				</span>
			) : null;
		case 'people': {
			const people = Array.isArray(value) ? [...new Set((value as Actor[]).filter((a) => a.kind === 'person' && a.entity_text).map((a) => a.entity_text!))] : [];
			return people.length ? (
				<>
					{people.map((name, i) => (
						<span key={name}>
							{i > 0 && ', '}
							<Person name={name} />
						</span>
					))}
				</>
			) : null;
		}
		case 'person':
			// A state may hold a chair, too.
			return typeof value === 'string' && value ? names?.has(value) ? <Party code={value} names={names} /> : <Person name={value} /> : null;
		case 'path':
			return typeof value === 'string' && value ? <Path of={value} /> : null;
		case 'act': {
			const quad = Number(row.quad_code) || 0;
			return (
				<span class={'act quad-' + quad} title={quads[quad]}>
					{inWords(String(value))}
					{typeof row.mode === 'string' && row.mode && <span class="mode"> {inWords(row.mode)}</span>}
				</span>
			);
		}
		case 'check': {
			const href = typeof row.query === 'string' ? hrefOfCommand(row.query) : null;
			const held = typeof row.recorded === 'number' ? `${row.recorded.toLocaleString('en')}: ${String(value)}` : String(value);
			return value ? (
				<>
					{href ? <a href={href}>{held}</a> : held}
					{row.period_read === false && <span class="note"> (the period is no date: all of its time was looked at)</span>}
				</>
			) : null;
		}
		case 'status':
			if (typeof value === 'boolean') return value ? null : <span class="status status-refused">none</span>;
			return value ? (
				<span class={'status status-' + String(value)} title={statuses[String(value)] ?? states[String(value)]}>
					{inWords(String(value))}
				</span>
			) : null;
		case 'code':
			return value ? <span class="code">{inWords(String(value))}</span> : null;
		case 'confidence':
			return typeof value === 'number' ? <>{value.toFixed(2)}</> : null;
		case 'count':
			return typeof value === 'number' ? (
				<>
					{comparisons[String(row.comparison)] ?? ''}
					{value.toLocaleString('en')}
				</>
			) : null;
		case 'source':
			return <Source page={pageOf(row)} record={row.id} sentence={row.sentence_number as number | undefined} />;
		case 'quote':
			return (
				<>
					<a class="words" href={column.href?.(row) ?? undefined}>
						{row.direct && '“'}
						<Marked text={String(value)} fits={fitsOf(search)} />
						{row.direct && '”'}
					</a>
					{typeof row.wordings === 'number' && row.wordings > 1 && <span class="note"> {row.wordings} wordings</span>}
				</>
			);
		case 'sentence':
		case 'text': {
			const href = column.href?.(row);
			const words = typeof value === 'number' ? String(value) : <Words row={row} column={column} />;
			if (value === null || value === undefined || value === '') return href ? <a href={href}>untitled</a> : null;
			return href ? (
				<a class="words" href={href}>
					{words}
				</a>
			) : (
				<>{words}</>
			);
		}
		default:
			return typeof value === 'number' ? <>{value.toLocaleString('en')}</> : null;
	}
}

// Every page that tells an event, with its own words for it.
function Reports({ row }: { row: Row }) {
	const list = reportsOf(row);

	return (
		<>
			<ol class="reports">
				{list.map((r) => (
					<li key={r.id}>
						<p class="words">
							<Sentence text={r.text} marked={r.trigger} near={offset((r as { evidence?: Span }).evidence, r.sentence)} />
						</p>
						<p class="note">
							<a href={pageHref(r.page.id, r.id)}>{r.page.title ?? r.page.path}</a>
							{r.page.outlet && ', ' + r.page.outlet}
							{r.page.published && ', ' + day(r.page.published)}
							{r.claimed_by && `; as ${r.claimed_by} says`}
							{`; read by ${r.frame}, confidence ${r.confidence.toFixed(2)}`}
						</p>
					</li>
				))}
			</ol>
			<p class="note">
				{typeof row.date_basis === 'string' && `Date: ${basisInWords(row.date_basis)}. `}
				{typeof row.place_basis === 'string' && `Place: ${basisInWords(row.place_basis)}. `}
				{Array.isArray(row.context) && row.context.length > 0 && `About: ${(row.context as string[]).map(inWords).join(', ')}. `}
				<a href={'/event/' + row.id}>Why it is recorded</a>
			</p>
		</>
	);
}

function Record({ row, register, names }: { row: Row; register: Register; names?: Map<string, string> }) {
	const [open, set] = useState(false);
	const told = reportsOf(row).length;
	const holder = register.columns.find((c) => c.kind === 'confidence') ?? register.columns.find((c) => c.kind === 'source');
	const known = useNames();
	const own = namesIn(row, names?.size ? names : known, useTwofold(), register.columns);

	return (
		<>
			<tr role="row" class={open ? 'open' : undefined}>
				{register.columns.map((c) => (
					<td key={c.title} role="cell" class={'is-' + c.kind} data-title={c.title}>
						<Value row={row} column={c} names={own} />
						{c === holder && told > 0 && (
							<button type="button" class="told" aria-expanded={open} aria-controls={'told-' + row.id} onClick={() => set(!open)}>
								{told === 1 ? '1 report' : `${told} reports`}
							</button>
						)}
					</td>
				))}
			</tr>
			{open && (
				<tr role="row" class="detail" id={'told-' + row.id}>
					<td role="cell" colSpan={register.columns.length}>
						<Reports row={row} />
					</td>
				</tr>
			)}
		</>
	);
}

export function Table({ register, rows, names, caption }: { register: Register; rows: Row[]; names?: Map<string, string>; caption: string }) {
	return (
		<table class="records" role="table">
			<caption class="unseen">{caption}</caption>
			<thead role="rowgroup">
				<tr role="row">
					{register.columns.map((c) => (
						<th key={c.title} role="columnheader" scope="col" class={'is-' + c.kind}>
							{c.title}
						</th>
					))}
				</tr>
			</thead>
			<tbody role="rowgroup">
				{rows.map((row) => (
					<Record key={row.id} row={row} register={register} names={names} />
				))}
			</tbody>
		</table>
	);
}
