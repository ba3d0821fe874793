// Review: what nothing was decided of, the least certain first, one after the other; what was decided; behind a token.
import { useLocation, useRoute } from 'preact-iso';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { API, apiPath, filtersOf, useApi } from '../api';
import { kindName, kinds, type Page } from '../ui/annotate';
import { Decide } from '../ui/annotateDecide';
import { Summary } from '../ui/annotateSummary';
import { AnnotatedText } from '../ui/annotateText';
import { dropRight, setRight, undo, useRight, type Done } from '../ui/annotateToken';
import { Fields, Grounds, recordHref, useWhy } from '../ui/annotateWhy';
import { Filters } from '../ui/Filters';
import { Paging } from '../ui/Paging';
import { pageHref, Source } from '../ui/Source';
import { State } from '../ui/State';
import { Title } from '../ui/Title';
import type { Event, List, Row } from '../types';
import '../ui/annotate.css';

function Enter() {
	const { author } = useRight();
	const about = useApi<{ writes: boolean }>(API + '/about');
	const form = useRef<HTMLFormElement>(null);

	return (
		<State of={about}>
			{(d) =>
				d.writes ? (
					<form
						ref={form}
						class="finds"
						aria-label="Token"
						onSubmit={(e) => {
							const data = new FormData(e.currentTarget);
							e.preventDefault();
							setRight(String(data.get('token')).trim(), String(data.get('author')).trim());
						}}
					>
						<div class="field entry">
							<label for="token">Token of this server</label>
							<input id="token" name="token" type="password" required autocomplete="off" />
						</div>
						<div class="field entry">
							<label for="author">Your name, kept with each decision</label>
							<input id="author" name="author" required maxLength={200} value={author} autocomplete="name" />
						</div>
						<button type="submit">Begin</button>
					</form>
				) : (
					<p class="note nothing">This server takes no decisions: it was started without a token. `chancery serve --token-file FILE` takes them, and so does `chancery review` on a terminal.</p>
				)
			}
		</State>
	);
}

// The sentence that tells it, between its neighbours.
function InContext({ page: id, record, kind }: { page: string; record: string; kind: string }) {
	const asked = useApi<Page>(`${API}/pages/${id}`);

	return (
		<State of={asked}>
			{(page) => {
				const of = page.annotations.filter((a) => a.kind === kind && (a.record === record || a.report === record));
				const at = of.find((a) => a.role === 'trigger' || a.role === 'content' || a.role === 'mention')?.sentence;
				const near = at === undefined ? [] : page.sentences.filter((s) => Math.abs(s.number - at) <= 1);
				if (!near.length) return <p class="note">Its sentence is not in the page any more.</p>;
				return (
					<p class="context">
						{near.map((s) => (
							<span key={s.number} class={s.number === at ? undefined : 'near-by'}>
								<AnnotatedText text={s.text} annotations={of.filter((a) => a.sentence === s.number)} active={of[0]?.record ?? null} />{' '}
							</span>
						))}
					</p>
				);
			}}
		</State>
	);
}

function InHand({ kind, row, onDone, onSkip, onBack }: { kind: string; row: Row; onDone: (done: Done) => void; onSkip: () => void; onBack: () => void }) {
	const why = useWhy(row.id);
	const heading = useRef<HTMLHeadingElement>(null);
	const report = (row as unknown as Event).reports?.[0];
	const page = report?.page ?? row.page;

	// The next one is read from its beginning; the first does not take the focus from where it is.
	const before = useRef(row.id);
	useEffect(() => {
		if (before.current !== row.id) heading.current?.focus();
		before.current = row.id;
	}, [row.id]);
	return (
		<section class="in-hand" data-record>
			<h2 ref={heading} tabIndex={-1}>
				<Summary kind={kind} record={row} />
			</h2>
			{page && (
				<>
					<p class="note">
						<Source page={page} record={report?.id ?? row.id} /> · <a href={recordHref(kind, row.id)}>by itself</a> · <a href={pageHref(page.id, report?.id ?? row.id)}>in its page</a>
						{typeof row.confidence === 'number' && ` · confidence ${row.confidence.toFixed(2)}`}
					</p>
					<InContext key={row.id} page={page.id} record={report?.id ?? row.id} kind={kind} />
				</>
			)}
			<Decide key={row.id} kind={kind} id={row.id} record={row} keys onSkip={onSkip} onBack={onBack} onDone={(_, done) => onDone(done)} />
			<h3>What is recorded</h3>
			<Fields kind={kind} record={row} />
			{kind === 'events' && (
				<>
					<h3>Why</h3>
					<State of={why}>{(w) => w.reports[0] && <Grounds told={w.reports[0]} />}</State>
				</>
			)}
		</section>
	);
}

function GoThrough() {
	const { query, params } = useRoute();
	const record = params.record ?? 'events';
	const filters = filtersOf(query);
	const { token } = useRight();
	const [at, setAt] = useState(0);
	const [turn, setTurn] = useState(0);
	const [done, setDone] = useState<Done[]>([]);
	const [said, say] = useState('');
	const url = apiPath('/doubtful', { ...filters, record: record === 'events' ? undefined : record, limit: 100 });
	const asked = useApi<List<Row>>(`${url}#${turn}`);

	useEffect(() => {
		setAt(0);
		setDone([]);
	}, [url]);

	async function back() {
		const last = done[done.length - 1];
		if (!last) {
			if (at > 0) setAt(at - 1);
			else say('Nothing was decided here yet.');
			return;
		}
		try {
			await undo(last.id);
			say(`Taken back: ${last.verdict}.`);
			setDone(done.slice(0, -1));
			setAt(Math.max(0, at - 1));
		} catch (e) {
			say((e as Error).message);
		}
	}

	return (
		<>
			<p class="note" role="status">
				{said}
			</p>
			<State
				of={asked}
				empty={(d) => (d.records.length ? null : `Of all ${record} that fit these filters something was decided.`)}
			>
				{(d) => {
					const row = d.records[at];
					if (!row)
						return (
							<p class="note">
								That was the last of these {d.records.length}.{' '}
								<button
									type="button"
									onClick={() => {
										setTurn(turn + 1);
										setAt(0);
										setDone([]);
									}}
								>
									Look for more
								</button>
							</p>
						);
					return (
						<>
							<p class="note">
								{at + 1} of {d.records.length}
								{d.next || d.records.length === 100 ? ' or more' : ''}, {record === 'events' ? 'the least certain first' : 'by day'}
								{!token && '; a token is wanted to decide'}
							</p>
							<InHand
								kind={record}
								row={row}
								onSkip={() => {
									say('Skipped.');
									setAt(at + 1);
								}}
								onBack={back}
								onDone={(one) => {
									say(`Kept: ${one.verdict}.`);
									setDone([...done, one]);
									setAt(at + 1);
								}}
							/>
						</>
					);
				}}
			</State>
		</>
	);
}

interface Decision {
	number: number;
	verdict: string;
	state: 'holds' | 'undone' | 'unmatched';
	record: string | null;
	kind: string;
	page: string | null;
	said: string | null;
	set: Record<string, string | null> | null;
	coded: Record<string, string | null> | null;
	other: string | null;
	by: string | null;
	reason: string | null;
	at: string | null;
}

const states = { holds: '', undone: 'taken back', unmatched: 'its evidence is gone' };

function Decided() {
	const { query } = useRoute();
	const { after } = query as Record<string, string | undefined>;
	const { token } = useRight();
	const [turn, setTurn] = useState(0);
	const [problem, setProblem] = useState('');
	const asked = useApi<List<Decision>>(`${apiPath('/decisions', { after, limit: 50 })}#${turn}`);

	async function takeBack(d: Decision) {
		setProblem('');
		try {
			await undo(d.record ?? '#' + d.number);
		} catch (e) {
			setProblem((e as Error).message);
		}
		setTurn(turn + 1);
	}

	return (
		<>
			{problem && (
				<p class="note problem" role="alert">
					{problem}
				</p>
			)}
			<State of={asked} empty={(d) => (d.records.length ? null : 'Nothing was decided yet.')}>
				{(d) => (
					<>
						<table class="records" role="table">
							<caption class="unseen">Decisions</caption>
							<thead role="rowgroup">
								<tr role="row">
									{['When', 'Verdict', 'What', 'Reason', 'By', ''].map((t) => (
										<th key={t} role="columnheader" scope="col" class={t === 'Reason' || t === 'What' ? 'is-text' : 'is-date'}>
											{t || <span class="unseen">Take back</span>}
										</th>
									))}
								</tr>
							</thead>
							<tbody role="rowgroup">
								{d.records.map((x) => {
									const set = Object.entries(x.set ?? {});
									return (
										<tr role="row" key={x.number}>
											<td role="cell" class="is-date" data-title="When">
												{x.at?.slice(0, 10)}
											</td>
											<td role="cell" data-title="Verdict">
												{x.verdict}
												{x.state !== 'holds' && <span class="note"> ({states[x.state]})</span>}
											</td>
											<td role="cell" class="is-text" data-title="What">
												<span>
													{x.record && x.kind !== 'actors' ? <a href={recordHref(x.kind === 'reports' ? 'events' : x.kind, x.record)}>{x.said ?? kindName(x.kind)}</a> : x.said ?? x.record}
													{x.other && ` = ${x.other}`}
													{set.map(([f, v]) => (
														<span key={f}>
															{' '}
															{f}: {x.coded?.[f] && <del>{x.coded[f]}</del>} <ins>{v ?? 'unsaid'}</ins>
														</span>
													))}
												</span>
											</td>
											<td role="cell" class="is-text" data-title="Reason">
												{x.reason}
											</td>
											<td role="cell" data-title="By">
												{x.by}
											</td>
											<td role="cell">
												{token && x.state !== 'undone' && (
													<button type="button" onClick={() => takeBack(x)}>
														Undo
													</button>
												)}
											</td>
										</tr>
									);
								})}
							</tbody>
						</table>
						<Paging next={d.next} what="decisions" />
					</>
				)}
			</State>
		</>
	);
}

export function Review() {
	const { query, params } = useRoute();
	const { route } = useLocation();
	const record = params.record ?? 'events';
	const { list } = query as Record<string, string>;
	const filters = filtersOf(query);
	const { token, author, refused } = useRight();
	const what = list ? 'decided' : 'doubtful';
	const asks = useMemo(() => ['who', 'with', 'since', 'until', ...(record === 'events' ? ['type', 'status', 'place'] : [])], [record]);

	return (
		<>
			<Title text={list ? 'Decisions' : 'Review'}>
				<a href={list ? apiPath('/decisions', { format: 'csv' }) : apiPath('/doubtful', { ...filters, record: record === 'events' ? undefined : record, format: 'csv' })} download={what + '.csv'}>
					CSV
				</a>
				{list ? <a href="/review">What is doubtful</a> : <a href="/review?list=1">What was decided</a>}
			</Title>
			{token && author ? (
				<p class="note">
					Decisions are kept under the name of {author}.{' '}
					<button type="button" onClick={dropRight}>
						End
					</button>
				</p>
			) : (
				<>
					{refused && (
						<p class="note problem" role="alert">
							{refused}
						</p>
					)}
					<Enter />
				</>
			)}
			{list ? (
				<Decided />
			) : (
				<>
					<div class="finds">
						<div class="field">
							<label for="review-of">Register</label>
							<select id="review-of" value={record} onChange={(e) => route(e.currentTarget.value === 'events' ? '/review' : '/review/' + e.currentTarget.value)}>
								{kinds.map(([k, name]) => (
									<option key={k} value={k}>
										{name}
									</option>
								))}
							</select>
						</div>
					</div>
					<Filters key={record} name={record} filters={asks} />
					<GoThrough />
				</>
			)}
		</>
	);
}
