// A field that offers names while one types (combobox of the ARIA practices): what is offered comes from the caller.
import { useId, useRef, useState } from 'preact/hooks';
import { useTyped } from './typed';

export interface Offer {
	key: string;
	value: string; // what the field holds when it is taken
	name: string;
	kind: string;
	href?: string; // the view of what is offered
}

interface Props {
	name: string;
	label: string;
	value: string;
	placeholder?: string;
	type?: 'search' | 'text';
	unseenLabel?: boolean;
	offers: (typed: string) => Offer[] | Promise<Offer[]>;
	onTake: (offer: Offer) => void;
	onChange?: (value: string) => void; // typed and left
}

export function Suggest({ name, label, value, placeholder, type = 'text', unseenLabel, offers, onTake, onChange }: Props) {
	const id = useId();
	const [list, setList] = useState<Offer[]>([]);
	const [at, setAt] = useState(-1);
	const [text, setText] = useTyped(value);
	const asked = useRef(0);

	async function ask(typed: string) {
		const mine = ++asked.current;
		const found = typed.trim() ? await offers(typed.trim()) : [];
		if (mine !== asked.current) return;
		setList(found);
		setAt(-1);
	}
	function close() {
		asked.current++;
		setList([]);
		setAt(-1);
	}
	function take(offer: Offer) {
		setText(offer.value);
		close();
		onTake(offer);
	}
	function key(e: KeyboardEvent) {
		if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
			if (!list.length) return;
			e.preventDefault();
			setAt((at + (e.key === 'ArrowDown' ? 1 : list.length)) % list.length);
		} else if (e.key === 'Escape' && list.length) {
			e.preventDefault();
			e.stopPropagation();
			close();
		} else if (e.key === 'Enter' && at >= 0 && list[at]) {
			e.preventDefault();
			take(list[at]!);
		}
	}
	return (
		<div class="field suggest">
			<label for={id} class={unseenLabel ? 'unseen' : undefined}>
				{label}
			</label>
			<input
				id={id}
				name={name}
				type={type}
				value={text}
				placeholder={placeholder}
				autocomplete="off"
				spellcheck={false}
				role="combobox"
				aria-autocomplete="list"
				aria-expanded={list.length > 0}
				aria-controls={id + '-list'}
				aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
				onInput={(e) => {
					setText(e.currentTarget.value);
					void ask(e.currentTarget.value);
				}}
				onKeyDown={key}
				onBlur={close}
				onChange={(e) => onChange?.(e.currentTarget.value)}
			/>
			<ul id={id + '-list'} role="listbox" aria-label={label} hidden={!list.length}>
				{list.map((o, i) => (
					<li key={o.key} id={`${id}-${i}`} role="option" aria-selected={i === at} onMouseDown={(e) => e.preventDefault()} onClick={() => take(o)}>
						{o.name} <span class="kind">{o.kind}</span>
					</li>
				))}
			</ul>
		</div>
	);
}
