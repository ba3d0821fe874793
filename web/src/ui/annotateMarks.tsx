// Words of a search, marked where they stand: by the same folding as the store's full text (case and accents do not count).
const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const wordsIn = /[\p{L}\p{N}\p{M}]+/gu;

// "begin*" fits what begins so.
export function fitsOf(search: string): (word: string) => boolean {
	const whole = new Set<string>();
	const begins: string[] = [];

	for (const part of search.matchAll(/"([^"]*)"?|(\S+)/g)) {
		const star = part[2]?.endsWith('*');
		const words = [...(part[1] ?? part[2] ?? '').matchAll(wordsIn)].map((m) => fold(m[0]));
		words.forEach((w, i) => (star && i === words.length - 1 ? begins.push(w) : whole.add(w)));
	}
	return (word) => {
		const folded = fold(word);
		return whole.has(folded) || begins.some((b) => folded.startsWith(b));
	};
}

export function Marked({ text, fits }: { text: string; fits: (word: string) => boolean }) {
	const parts: preact.ComponentChildren[] = [];
	let at = 0;

	for (const m of text.matchAll(wordsIn)) {
		if (!fits(m[0])) continue;
		parts.push(text.slice(at, m.index), <mark>{m[0]}</mark>);
		at = m.index + m[0].length;
	}
	return (
		<>
			{parts}
			{text.slice(at)}
		</>
	);
}
