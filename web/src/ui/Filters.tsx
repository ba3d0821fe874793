// The filters of a register: a form whose state is the URL's query, nothing else. It works as a plain form too. Path and query are asked of
// useRoute, here and in all views: a view that is being left, while the next one comes, must not take that one's query for its own.
import { useLocation, useRoute } from 'preact-iso';
import { useRef } from 'preact/hooks';
import { filterNames, queryText } from '../api';
import { contexts, instrument_statuses, inWords, states, statuses, types } from '../vocabulary';
import { offerParties, offerSides } from './offers';
import { useNamed } from './Party';
import { Suggest } from './Suggest';
import { useTyped } from './typed';

interface Field {
	label: string;
	kind: 'party' | 'date' | 'text' | 'select';
	hint?: string;
}

const fields: Record<string, Field> = {
	who: { label: 'Who', kind: 'party', hint: 'Egypt' },
	with: { label: 'With', kind: 'party', hint: 'Egypt' },
	place: { label: 'Place', kind: 'party', hint: 'Egypt' },
	to: { label: 'To whom', kind: 'party', hint: 'reporters' },
	since: { label: 'Since', kind: 'date' },
	until: { label: 'Until', kind: 'date' },
	due: { label: 'Due', kind: 'date' },
	type: { label: 'Type', kind: 'select' },
	mode: { label: 'Mode', kind: 'select' },
	status: { label: 'Status', kind: 'select' },
	state: { label: 'State', kind: 'select' },
	context: { label: 'Context', kind: 'select' },
	about: { label: 'About', kind: 'text', hint: 'words' },
	search: { label: 'Words said', kind: 'text', hint: '"a phrase"' },
	page: { label: 'Page', kind: 'text', hint: 'its id' },
	today: { label: 'As of', kind: 'date' },
	rejected: { label: 'With rejected', kind: 'text', hint: '1' },
	variants: { label: 'All wordings', kind: 'text', hint: '1' },
};

// What a select offers; of modes those of the type that is chosen, where one is.
function options(name: string, register: string, type: string | undefined): string[] {
	if (name === 'type') return Object.keys(types);
	if (name === 'status') return register === 'instruments' ? instrument_statuses : Object.keys(statuses);
	if (name === 'state') return Object.keys(states);
	if (name === 'context') return [...contexts].sort();
	if (register === 'quotes') return ['direct', 'reported'];
	if (register === 'meetings') return ['meeting', 'multilateral', 'third-party'];
	if (register === 'letters') return ['letter', 'phone'];
	return type && types[type] ? types[type].modes : [...new Set(Object.values(types).flatMap((t) => t.modes))].sort();
}

function Text({ name, label, value, date, hint, onChange }: { name: string; label: string; value: string; date: boolean; hint?: string; onChange: () => void }) {
	const [text, setText] = useTyped(value);

	return (
		<div class="field">
			<label for={'filter-' + name}>{label}</label>
			<input
				id={'filter-' + name}
				name={name}
				value={text}
				placeholder={date ? '2018-05' : hint}
				pattern={date ? '\\d{4}(-\\d\\d(-\\d\\d)?)?' : undefined}
				title={date ? 'A year, a month or a day: 2018, 2018-05, 2018-05-01' : undefined}
				autocomplete="off"
				onInput={(e) => setText(e.currentTarget.value)}
				onChange={(e) => (e.currentTarget.checkValidity() ? onChange() : e.currentTarget.reportValidity())}
			/>
		</div>
	);
}

// keep: parameters of the URL that others set.
// What else is asked by the URL is shown too: nothing narrows a list unseen.
export function Filters({ name, filters: offered, typeIs, keep = [] }: { name: string; filters: string[]; typeIs?: string; keep?: string[] }) {
	const { path, query } = useRoute();
	const { route } = useLocation();
	const now = query as Record<string, string>;
	const form = useRef<HTMLFormElement>(null);
	const named = useNamed();
	const filters = [...offered, ...filterNames.filter((f) => now[f] && !offered.includes(f) && !keep.includes(f))];
	const set = filters.filter((f) => now[f]);
	const kept = Object.fromEntries(keep.map((k) => [k, now[k]]));
	const wide = matchMedia('(min-width: 45rem)').matches;

	// From the fields to the URL. A mode goes with its type: when the type changes, a mode that it does not have goes.
	// also: what a field is to have that does not show it yet.
	function apply(also: Record<string, string> = {}) {
		const wanted: Record<string, string> = {};
		if (!form.current) return;
		for (const [field, value] of new FormData(form.current)) if (typeof value === 'string' && value.trim()) wanted[field] = value.trim();
		Object.assign(wanted, also);
		const modes = wanted.type ? types[wanted.type]?.modes : undefined;
		if (modes && wanted.mode && !modes.includes(wanted.mode)) delete wanted.mode;
		const to = path + queryText({ ...wanted, ...kept });
		if (to !== path + queryText({ ...Object.fromEntries(filters.map((f) => [f, now[f]])), ...kept })) route(to);
	}

	return (
		<details class={set.length ? 'filters set' : 'filters'} open={wide || undefined}>
			<summary>{set.length ? `Filters: ${set.map((f) => `${fields[f]?.label.toLowerCase()} ${fields[f]?.kind === 'party' ? named(now[f]!) : now[f]}`).join(', ')}` : 'Filters'}</summary>
			<form
				ref={form}
				method="get"
				action={path}
				role="search"
				aria-label="Filters"
				onSubmit={(e) => {
					e.preventDefault();
					apply();
				}}
			>
				{keep.map((k) => now[k] && <input key={k} type="hidden" name={k} value={now[k]} />)}
				{filters.map((f) => {
					const field = fields[f];
					if (!field) return null;
					const value = now[f] ?? '';
					const label = f === 'type' && typeIs ? typeIs : field.label;
					if (field.kind === 'party')
						return <Suggest key={f} name={f} label={label} value={value} placeholder={field.hint} offers={f === 'place' ? offerParties : offerSides} onTake={(o) => apply({ [f]: o.value })} onChange={() => apply()} />;
					if (field.kind === 'select' && !(f === 'type' && typeIs))
						return (
							<div class="field" key={f}>
								<label for={'filter-' + f}>{label}</label>
								<select id={'filter-' + f} name={f} value={value} onChange={() => apply()}>
									<option value="">any</option>
									{[...new Set([...options(f, name, now.type), ...(value ? [value] : [])])].map((o) => (
										<option key={o} value={o}>
											{inWords(o)}
										</option>
									))}
								</select>
							</div>
						);
					return <Text key={f} name={f} label={label} value={value} date={field.kind === 'date'} hint={field.hint} onChange={() => apply()} />;
				})}
				<div class="field does">
					<button type="submit">Apply</button>
					{set.length > 0 && (
						<a href={path + queryText(kept)} class="reset">
							Reset
						</a>
					)}
				</div>
			</form>
		</details>
	);
}
