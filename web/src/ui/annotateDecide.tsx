// Accept, reject, edit, merge, undo: a person's word on a record, with its reason. Nothing is shown to who has no token.
import { useEffect, useRef, useState } from 'preact/hooks';
import { inWords, statuses, types } from '../vocabulary';
import { decide, undo, useRight, type Done } from './annotateToken';

type Values = Record<string, string>;

// What of each register can be set: all that is not where something stands, or what was said there.
const settable: Record<string, string[]> = {
	events: ['type', 'mode', 'source', 'target', 'date', 'place', 'status'],
	quotes: ['speaker', 'country', 'addressee', 'occasion', 'place', 'outlet'],
	instruments: ['title', 'kind', 'parties', 'date', 'place', 'status', 'provides'],
	roles: ['who', 'role', 'body', 'from', 'to'],
	positions: ['who', 'stance', 'about', 'since'],
	tallies: ['who', 'what', 'count', 'comparison', 'period'],
	pledges: ['who', 'what', 'due'],
	gatherings: ['name', 'ordinal', 'kind', 'body', 'host', 'mediator', 'participants', 'place', 'date', 'status'],
	initiatives: ['name', 'kind', 'founders', 'founded', 'anniversary', 'status'],
	relations: ['parties', 'level', 'change', 'since', 'status'],
	marks: ['who', 'mark', 'about', 'party'],
};

const hints: Record<string, string> = {
	source: 'codes: FRA,DEU', target: 'codes: FRA,DEU', parties: 'codes: FRA,DEU', participants: 'codes: FRA,DEU', founders: 'codes: FRA,DEU', host: 'codes: FRA,DEU',
	mediator: 'codes: FRA,DEU', place: 'a code: FRA', country: 'a code: FRA', date: '2003-05-01', since: '2003-05', from: '2003-05-01', to: '2003-05-01', due: '2003-05-01', founded: '1961',
};

const text = (v: unknown): string => (Array.isArray(v) ? v.join(',') : v === null || v === undefined ? '' : String(v));

function Field({ name, value, type, onInput }: { name: string; value: string; type: string; onInput: (v: string) => void }) {
	const id = 'set-' + name;
	const choices = name === 'type' ? Object.keys(types) : name === 'mode' ? types[type]?.modes : name === 'status' && type ? Object.keys(statuses) : undefined;

	return (
		<div class="field">
			<label for={id}>{inWords(name)}</label>
			{choices ? (
				<select id={id} value={value} onChange={(e) => onInput(e.currentTarget.value)}>
					{name !== 'type' && <option value="">unsaid</option>}
					{[...new Set([...choices, ...(value ? [value] : [])])].map((c) => (
						<option key={c} value={c}>
							{inWords(c)}
						</option>
					))}
				</select>
			) : (
				<input id={id} value={value} placeholder={hints[name]} autocomplete="off" onInput={(e) => onInput(e.currentTarget.value)} />
			)}
		</div>
	);
}

interface Props {
	kind: string;
	id: string;
	record: Record<string, unknown>;
	onDone: (id: string, done: Done) => void;
	keys?: boolean; // a, r, e, m, u decide, as in the terminal
	onSkip?: () => void;
	onBack?: () => void; // what u does where several are gone through
}

// Reasons given since the page was opened, the latest first: much is wrong for the same one.
const given: string[] = [];

export function Decide({ kind, id, record, onDone, keys, onSkip, onBack }: Props) {
	const { token, author } = useRight();
	const coded = Object.fromEntries((settable[kind] ?? []).map((f) => [f, text(record[f])])) as Values;
	const [form, setForm] = useState<'' | 'edit' | 'merge'>('');
	const [values, setValues] = useState<Values>(coded);
	const [other, setOther] = useState('');
	const [reason, setReason] = useState('');
	const [problem, setProblem] = useState('');
	const [busy, setBusy] = useState(false);
	const waiting = useRef<[string, { set?: Values; other?: string }] | null>(null);   // what was said before its reason
	const box = useRef<HTMLDivElement>(null);
	const changed = Object.entries(values).filter(([f, v]) => v !== coded[f]);

	async function say(verdict: string, with_: { set?: Values; other?: string } = {}) {
		if (busy) return;
		if (!reason.trim()) {
			waiting.current = [verdict, with_];
			setProblem('A decision wants a reason. Enter keeps it.');
			box.current?.querySelector<HTMLInputElement>('.reason input')?.focus();
			return;
		}
		waiting.current = null;
		if (!given.includes(reason.trim())) given.unshift(reason.trim());
		setBusy(true);
		setProblem('');
		try {
			const done = await decide({ verdict, id, by: author, reason: reason.trim(), ...with_ });
			onDone(done.id, done);
		} catch (e) {
			setProblem((e as Error).message);
		}
		setBusy(false);
	}

	async function back() {
		if (onBack) return onBack();
		setBusy(true);
		setProblem('');
		try {
			const done = await undo(id);
			onDone(done.id, done);
		} catch (e) {
			setProblem((e as Error).message);
		}
		setBusy(false);
	}

	function open(which: 'edit' | 'merge') {
		setForm(form === which ? '' : which);
	}

	// A form that opens is where one goes on.
	useEffect(() => {
		if (form) box.current?.querySelector<HTMLElement>('form input, form select')?.focus();
	}, [form]);

	// A key pressed right after the reason was written is to find that reason: what it does is of the latest drawing, not of the latest effect.
	const pressed = useRef<(e: KeyboardEvent) => void>(() => {});
	pressed.current = (e) => {
		const at = e.target as HTMLElement;
		if (e.ctrlKey || e.metaKey || e.altKey) return;
		if (e.key === 'Escape' && form) {
			setForm('');
			return;
		}
		if (/^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName)) return;
		const act = { a: () => say('accept'), r: () => say('reject'), e: () => open('edit'), m: () => kind === 'events' && open('merge'), p: () => kind === 'events' && say('split'), s: () => onSkip?.(), u: back }[e.key];
		if (!act) return;
		e.preventDefault();
		void act();
	};
	useEffect(() => {
		if (!keys || !token) return;
		const told = (e: KeyboardEvent) => pressed.current(e);
		addEventListener('keydown', told);
		return () => removeEventListener('keydown', told);
	}, [keys, token]);

	if (!token) return null;
	const key = (k: string) => (keys ? <kbd>{k}</kbd> : null);
	return (
		<div class="decide" ref={box} role="group" aria-label="Decide">
			<div class="field reason">
				<label for={'reason-' + id}>Reason</label>
				<input
					id={'reason-' + id}
					value={reason}
					required
					autocomplete="off"
					maxLength={2000}
					placeholder="why it is right, wrong, otherwise"
					onInput={(e) => setReason(e.currentTarget.value)}
					list={'reasons-' + id}
					onKeyDown={(e) => {
						if (e.key !== 'Escape' && e.key !== 'Enter') return;
						e.preventDefault();
						if (e.key === 'Escape') {
							waiting.current = null; // what was said is not meant any more
							setProblem('');
						}
						if (waiting.current) void say(...waiting.current);
						else e.currentTarget.blur();
						if (e.key === 'Escape') waiting.current = null;
					}}
				/>
				<datalist id={'reasons-' + id}>
					{given.slice(0, 12).map((r) => (
						<option key={r} value={r} />
					))}
				</datalist>
			</div>
			<p class="verdicts">
				<button type="button" disabled={busy} onClick={() => say('accept')}>
					Accept {key('a')}
				</button>
				<button type="button" disabled={busy} onClick={() => say('reject')}>
					Reject {key('r')}
				</button>
				<button type="button" disabled={busy} aria-expanded={form === 'edit'} onClick={() => open('edit')}>
					Edit {key('e')}
				</button>
				{kind === 'events' && (
					<>
						<button type="button" disabled={busy} aria-expanded={form === 'merge'} onClick={() => open('merge')}>
							Merge {key('m')}
						</button>
						<button type="button" disabled={busy} onClick={() => say('split')} title="Each report is an event of its own">
							Split {key('p')}
						</button>
					</>
				)}
				{onSkip && (
					<button type="button" disabled={busy} onClick={onSkip}>
						Skip {key('s')}
					</button>
				)}
				<button type="button" disabled={busy} onClick={back}>
					Undo {key('u')}
				</button>
			</p>
			{form === 'edit' && (
				<form
					class="fields"
					aria-label="Edit"
					onSubmit={(e) => {
						e.preventDefault();
						if (!changed.length) setProblem('Nothing is changed.');
						else void say('edit', { set: Object.fromEntries(changed) });
					}}
				>
					{(settable[kind] ?? []).map((f) => (
						<Field key={f} name={f} value={values[f] ?? ''} type={kind === 'events' ? values.type ?? '' : ''} onInput={(v) => setValues({ ...values, [f]: v })} />
					))}
					<p class="verdicts">
						<button type="submit" disabled={busy}>
							Set {changed.length ? changed.map(([f]) => inWords(f)).join(', ') : 'what is changed'}
						</button>
					</p>
				</form>
			)}
			{form === 'merge' && (
				<form
					class="fields"
					aria-label="Merge"
					onSubmit={(e) => {
						e.preventDefault();
						void say('merge', { other: other.trim() });
					}}
				>
					<div class="field">
						<label for="merge-with">Is one with the event</label>
						<input id="merge-with" value={other} required autocomplete="off" placeholder="its id, or the end of its address" onInput={(e) => setOther(e.currentTarget.value.split('/').pop() ?? '')} />
					</div>
					<p class="verdicts">
						<button type="submit" disabled={busy}>
							Merge
						</button>
					</p>
				</form>
			)}
			{problem && (
				<p class="note problem" role="alert">
					{problem}
				</p>
			)}
		</div>
	);
}
