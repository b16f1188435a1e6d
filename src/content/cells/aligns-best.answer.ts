// rows[i][j]: how much word i of the translation looks at word j of the sentence.
// gold[i]: the words of the sentence that word i renders; empty where it renders none.
// Give back the share of words whose largest weight lies on one of theirs.
function agreement(rows, gold) {
  let hits = 0;
  let judged = 0;
  for (let i = 0; i < rows.length; i++) {
    if (gold[i].length === 0) continue;
    judged += 1;
    if (gold[i].includes(argmax(rows[i]))) hits += 1;
  }
  return hits / judged;
}

// The score of every head, [layer][head].
function scoreHeads(attention, gold) {
  return attention.cross.map((heads) => heads.map((head) => agreement(byWord(head), gold)));
}

plot(scoreHeads(attention, gold), { title: "agreement: layers down, heads across, from 0" });
