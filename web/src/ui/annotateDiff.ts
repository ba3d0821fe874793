// What differs between two texts, word by word: E. Myers, An O(ND) Difference Algorithm and Its Variations, Algorithmica 1 (1986).
export type Edit = { kind: 'same' | 'delete' | 'insert'; words: string[] };

// Texts that differ by more words than this are not two wordings of one: they are given as one delete and one insert.
const MOST = 1500;

function push(edits: Edit[], kind: Edit['kind'], word: string) {
	const last = edits[edits.length - 1];
	if (last?.kind === kind) last.words.push(word);
	else edits.push({ kind, words: [word] });
}

export function diffWords(a: string[], b: string[]): Edit[] {
	let head = 0;
	let tail = 0;

	while (head < a.length && head < b.length && a[head] === b[head]) head++;
	while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
	const edits: Edit[] = [];
	for (const w of a.slice(0, head)) push(edits, 'same', w);
	for (const e of middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail))) for (const w of e.words) push(edits, e.kind, w);
	for (const w of a.slice(a.length - tail)) push(edits, 'same', w);
	return edits;
}

function middle(a: string[], b: string[]): Edit[] {
	const n = a.length;
	const m = b.length;
	const most = Math.min(n + m, MOST);
	const v = new Int32Array(2 * most + 3);
	const was: Int32Array[] = [];

	for (let d = 0; d <= most; d++) {
		// Of the row before, what this one can reach: 2d + 1 diagonals.
		was.push(v.slice(most + 1 - d - 1, most + 1 + d + 2));
		for (let k = -d; k <= d; k += 2) {
			let x = k === -d || (k !== d && v[most + k]! < v[most + k + 2]!) ? v[most + k + 2]! : v[most + k]! + 1;
			while (x < n && x - k < m && a[x] === b[x - k]) x++;
			v[most + 1 + k] = x;
			if (x >= n && x - k >= m) return backwards(a, b, was, d);
		}
	}
	return [
		...(n ? [{ kind: 'delete' as const, words: a }] : []),
		...(m ? [{ kind: 'insert' as const, words: b }] : []),
	];
}

function backwards(a: string[], b: string[], was: Int32Array[], from: number): Edit[] {
	const steps: [Edit['kind'], string][] = [];
	let x = a.length;
	let y = b.length;

	for (let d = from; d > 0; d--) {
		const row = was[d]!; // diagonal k stands at k + d + 1
		const k = x - y;
		const down = k === -d || (k !== d && row[k - 1 + d + 1]! < row[k + 1 + d + 1]!);
		const px = down ? row[k + 1 + d + 1]! : row[k - 1 + d + 1]!;
		const py = px - (down ? k + 1 : k - 1);
		while (x > px && y > py && x > 0 && y > 0 && a[x - 1] === b[y - 1]) {
			steps.push(['same', a[--x]!]);
			y--;
		}
		if (down) steps.push(['insert', b[--y]!]);
		else steps.push(['delete', a[--x]!]);
	}
	while (x > 0 && y > 0) {
		steps.push(['same', a[--x]!]);
		y--;
	}
	const edits: Edit[] = [];
	for (const [kind, word] of steps.reverse()) push(edits, kind, word);
	return edits;
}
