//! Mending of trees where the parser is known to err: a *teller* ("the office said") that stands behind what it tells, and
//! draws the subject of what is told to itself; a participle behind its noun that is taken for the main verb.

use holdfire_types::{Dep, Token, Upos};

/// Verbs of tellers that stand behind.
const TELLING: &[&str] = &["say", "tell", "report", "announce", "add", "claim", "confirm"];

/// Gives subjects back to the verbs that they are of.
pub fn mend(tokens: &mut [Token]) {
    of_provided(tokens);
    for verb in 0..tokens.len() {
        of_described(tokens, verb);
        of_deed(tokens, verb);
        if tokens[verb].upos == Upos::Verb && TELLING.contains(&tokens[verb].lemma.as_str()) {
            by_comma(tokens, verb);
            of_told(tokens, verb);
            by_office(tokens, verb);
        }
    }
}

/// How far from a verb what hangs on it is looked for.
const REACH: usize = 60;

/// The first token near `of` that hangs on it by one of `deps`.
fn kid(tokens: &[Token], of: usize, deps: &[Dep]) -> Option<usize> {
    (of.saturating_sub(REACH)..tokens.len().min(of + REACH))
        .find(|&t| tokens[t].head == Some(of as u32) && deps.contains(&tokens[t].dep))
}

const SUBJECTS: &[Dep] = &[Dep::Nsubj, Dep::NsubjPass, Dep::Expl, Dep::Csubj];

/// "Provided that the truce holds, the convoys will leave": no main verb, but the mark of a condition.
fn of_provided(tokens: &mut [Token]) -> Option<()> {
    let opens = tokens.len() > 2 && tokens[0].lemma == "provide" && tokens[0].xpos != "VB";
    if !opens || tokens[0].dep != Dep::Root || tokens[1].lemma != "that" {
        return None;
    }
    let of_verb = |t: &usize| tokens[*t].head == Some(0) && tokens[*t].dep == Dep::Ccomp;
    let clauses: Vec<usize> = (1..tokens.len().min(REACH)).filter(of_verb).collect();
    let [condition, main] = clauses[..] else { return None };
    (tokens[main].head, tokens[main].dep) = (None, Dep::Root);
    (tokens[condition].head, tokens[condition].dep) = (Some(main as u32), Dep::Advcl);
    (tokens[0].head, tokens[0].dep, tokens[0].upos) = (Some(condition as u32), Dep::Mark, Upos::Sconj);
    let end = tokens.len().min(REACH);
    for behind in &mut tokens[main + 1..end] {
        if behind.head == Some(0) {
            behind.head = Some(main as u32);
        }
    }
    Some(())
}

/// "The truce agreed in the north has not been respected": a verb just behind its noun is no main verb where a clause that
/// has no subject hangs on it.
fn of_described(tokens: &mut [Token], verb: usize) -> Option<()> {
    let token = &tokens[verb];
    let noun =
        verb.checked_sub(1).filter(|_| token.upos == Upos::Verb && matches!(token.xpos, "VBN" | "VBD"))?;
    let subject = tokens[noun].head == Some(verb as u32) && tokens[noun].dep == Dep::Nsubj;
    if !subject || tokens[noun].upos != Upos::Noun || TELLING.contains(&token.lemma.as_str()) {
        return None;
    }
    let clause = kid(tokens, verb, &[Dep::Ccomp]).filter(|&c| c > verb && tokens[c].upos == Upos::Verb)?;
    let finite =
        matches!(tokens[clause].xpos, "VBD" | "VBZ" | "VBP") || kid(tokens, clause, &[Dep::Aux]).is_some();
    let parted = (verb..clause).any(|t| tokens[t].upos == Upos::Punct);
    if parted
        || !finite
        || kid(tokens, clause, SUBJECTS).or_else(|| kid(tokens, clause, &[Dep::Mark])).is_some()
    {
        return None;
    }
    let passive = kid(tokens, clause, &[Dep::AuxPass]).is_some();
    (tokens[clause].head, tokens[clause].dep) = (tokens[verb].head, tokens[verb].dep);
    (tokens[noun].head, tokens[noun].dep) =
        (Some(clause as u32), if passive { Dep::NsubjPass } else { Dep::Nsubj });
    (tokens[verb].head, tokens[verb].dep) = (Some(noun as u32), Dep::Acl);
    let end = tokens.len().min(clause + REACH);
    for behind in &mut tokens[clause + 1..end] {
        if behind.head == Some(verb as u32) {
            behind.head = Some(clause as u32);
        }
    }
    Some(())
}

/// Verbs that a deed is the object of.
const OF_DEEDS: &[&str] = &["deny", "admit", "stop", "halt", "begin", "start", "resume", "continue"];

/// "Denies bombing Marran airport": the deed behind such a verb, before a name, is a verb and describes nothing.
fn of_deed(tokens: &mut [Token], verb: usize) -> Option<()> {
    let deed = verb + 1;
    let is_verb = tokens[verb].upos == Upos::Verb && OF_DEEDS.contains(&tokens[verb].lemma.as_str());
    let noun = tokens.get(deed).filter(|t| is_verb && t.upos == Upos::Noun && t.dep == Dep::Compound)?;
    let object = noun.head? as usize;
    let named = object > deed && (deed + 1..=object).any(|t| tokens[t].upos == Upos::Propn);
    let of_verb = tokens[object].head == Some(verb as u32) && tokens[object].dep == Dep::Obj;
    if !noun.lemma.ends_with("ing") || !named || !of_verb {
        return None;
    }
    (tokens[deed].head, tokens[deed].dep) = (Some(verb as u32), Dep::Xcomp);
    (tokens[deed].upos, tokens[deed].xpos) = (Upos::Verb, "VBG");
    (tokens[object].head, tokens[object].dep) = (Some(deed as u32), Dep::Obj);
    Some(())
}

/// "Deliveries to the north resumed on Friday, the office said": of two subjects of the verb of telling, the first is that
/// of the clause between them.
fn of_told(tokens: &mut [Token], verb: usize) -> Option<()> {
    let of_verb = |t: &usize| tokens[*t].head == Some(verb as u32);
    let subjects: Vec<usize> =
        (verb.saturating_sub(REACH)..verb).filter(|t| of_verb(t) && tokens[*t].dep == Dep::Nsubj).collect();
    let [first, .., teller] = subjects[..] else { return None };
    let told = |t: &usize| {
        matches!(tokens[*t].dep, Dep::Ccomp | Dep::Advcl | Dep::Parataxis) && tokens[*t].upos == Upos::Verb
    };
    let clause = (first + 1..teller).filter(of_verb).find(told)?;
    if kid(tokens, clause, &[Dep::Mark]).is_some() {
        return None;
    }
    if let Some(own) = kid(tokens, clause, SUBJECTS) {
        // "to the north" and "and the rebels" are of the noun before
        let behind = |dep: Dep| kid(tokens, own, &[dep]).filter(|&t| t > first);
        let (head, dep) = if behind(Dep::Case).is_some() {
            (first, Dep::Nmod)
        } else {
            behind(Dep::Cc)?;
            (kid(tokens, first, &[Dep::Nmod]).filter(|&t| t < own).unwrap_or(first), Dep::Conj)
        };
        (tokens[own].head, tokens[own].dep) = (Some(head as u32), dep);
    }
    tokens[first].head = Some(clause as u32);
    tokens[clause].dep = Dep::Ccomp;
    Some(())
}

/// "... and wounding dozens, residents and a monitor said": a teller behind a comma is none of those before it.
fn by_comma(tokens: &mut [Token], verb: usize) -> Option<()> {
    if kid(tokens, verb, SUBJECTS).is_some()
        || kid(tokens, verb, &[Dep::Ccomp]).is_none_or(|told| told > verb)
    {
        return None;
    }
    let comma = (verb.saturating_sub(OFFICE)..verb).rev().find(|&t| tokens[t].lemma == ",")?;
    let nominal = |t: &Token| {
        matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Cconj | Upos::Num)
    };
    // "the Office for Coordination said"
    let within = |t: &Token| nominal(t) || t.upos == Upos::Adp;
    if comma + 1 == verb || !nominal(&tokens[comma + 1]) || !tokens[comma + 1..verb].iter().all(within) {
        return None;
    }
    let teller = (comma + 1..verb).find(|&t| {
        let away = tokens[t].head.is_some_and(|head| (head as usize) < comma);
        away && matches!(tokens[t].dep, Dep::Conj | Dep::Appos | Dep::Obj) && tokens[t].upos != Upos::Cconj
    })?;
    (tokens[teller].head, tokens[teller].dep) = (Some(verb as u32), Dep::Nsubj);
    Some(())
}

/// How far before the verb an office may begin.
const OFFICE: usize = 14;

/// "... in the north, Anna Weiss, a spokesman for the army, told the radio": a teller whose office stands between commas is no
/// place beside the one before.
fn by_office(tokens: &mut [Token], verb: usize) -> Option<()> {
    let comma = |t: usize| tokens[t].lemma == ",";
    if verb < 6 || !comma(verb - 1) || kid(tokens, verb, &[Dep::Nsubj]).is_some() {
        return None;
    }
    let from = verb.saturating_sub(OFFICE);
    let office = (from..verb - 1).rev().find(|&t| tokens[t].dep == Dep::Appos)?;
    let article = (from..office)
        .rev()
        .find(|&t| tokens[t].upos == Upos::Det && tokens[t].head == Some(office as u32))
        .filter(|&t| t > 2 && comma(t - 1))?;
    let name = article - 2;
    let head = match tokens[name].dep {
        Dep::Flat => tokens[name].head? as usize,
        _ => name,
    };
    let joined = tokens[head].upos == Upos::Propn && matches!(tokens[head].dep, Dep::Conj | Dep::Appos);
    if !joined || head == office {
        return None;
    }
    (tokens[head].head, tokens[head].dep) = (Some(verb as u32), Dep::Nsubj);
    tokens[office].head = Some(head as u32);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use holdfire_types::Span;

    fn tokens(text: &str) -> Vec<Token> {
        text.split(' ')
            .map(|word| {
                let part: Vec<&str> = word.split('|').collect();
                Token {
                    span: Span::new(0, 1),
                    lemma: part[0].to_owned(),
                    upos: part[1].parse().expect("a tag"),
                    xpos: "NN",
                    head: part[2].parse().ok(),
                    dep: part[3].parse().expect("a relation"),
                }
            })
            .collect()
    }

    #[test]
    fn the_first_subject_is_of_the_clause_between() {
        let mut read =
            tokens("delivery|NOUN|3|nsubj resume|VERB|3|ccomp office|NOUN|3|nsubj say|VERB|_|root");
        mend(&mut read);
        assert_eq!((read[0].head, read[2].head), (Some(1), Some(3)));
    }

    #[test]
    fn a_verb_that_describes_its_noun_is_no_main_verb() {
        let mut read = tokens(
            "truce|NOUN|1|nsubj agree|VERB|_|root have|AUX|4|aux not|PART|4|advmod respect|VERB|1|ccomp .|PUNCT|1|punct",
        );
        read[1].xpos = "VBD";
        read[4].xpos = "VBN";
        mend(&mut read);
        assert_eq!((read[0].head, read[1].head, read[1].dep), (Some(4), Some(0), Dep::Acl));
        assert_eq!((read[4].head, read[4].dep, read[5].head), (None, Dep::Root, Some(4)));
    }

    #[test]
    fn a_teller_behind_a_comma_is_no_victim() {
        let mut read = tokens(
            "wound|VERB|4|ccomp dozen|NOUN|0|obj ,|PUNCT|3|punct resident|NOUN|1|conj say|VERB|_|root",
        );
        mend(&mut read);
        assert_eq!((read[3].head, read[3].dep), (Some(4), Dep::Nsubj));
    }

    #[test]
    fn a_noun_with_a_preposition_is_no_subject() {
        let mut read = tokens(
            "delivery|NOUN|5|nsubj to|ADP|2|case north|NOUN|3|nsubj resume|VERB|5|advcl office|NOUN|5|nsubj say|VERB|_|root",
        );
        mend(&mut read);
        assert_eq!((read[0].head, read[2].head, read[2].dep), (Some(3), Some(0), Dep::Nmod));
        assert_eq!(read[3].dep, Dep::Ccomp);
    }

    #[test]
    fn what_is_joined_by_and_is_of_the_pair() {
        let mut read = tokens(
            "talk|NOUN|7|nsubj between|ADP|2|case government|NOUN|0|nmod and|CCONJ|4|cc rebel|NOUN|5|nsubj break|VERB|7|ccomp envoy|NOUN|7|nsubj say|VERB|_|root",
        );
        mend(&mut read);
        assert_eq!((read[0].head, read[4].head, read[4].dep), (Some(5), Some(2), Dep::Conj));
    }

    #[test]
    fn a_name_with_its_office_behind_it_tells() {
        let mut read = tokens(
            "attack|VERB|9|ccomp in|ADP|2|case north|PROPN|0|obl ,|PUNCT|4|punct Weiss|PROPN|2|conj ,|PUNCT|7|punct a|DET|7|det spokesman|NOUN|2|appos ,|PUNCT|7|punct tell|VERB|_|root",
        );
        mend(&mut read);
        assert_eq!((read[4].head, read[4].dep, read[7].head), (Some(9), Dep::Nsubj, Some(4)));
    }

    #[test]
    fn a_deed_before_a_name_is_a_verb() {
        let mut read = tokens(
            "Norland|PROPN|1|nsubj deny|VERB|_|root bombing|NOUN|4|compound Marran|PROPN|4|compound airport|NOUN|1|obj",
        );
        mend(&mut read);
        assert_eq!((read[2].head, read[2].dep, read[2].upos), (Some(1), Dep::Xcomp, Upos::Verb));
        assert_eq!(read[4].head, Some(2));
    }

    #[test]
    fn a_condition_is_no_main_clause() {
        let mut read = tokens(
            "provide|VERB|_|root that|SCONJ|3|mark truce|NOUN|3|nsubj hold|VERB|0|ccomp bus|NOUN|5|nsubj leave|VERB|0|ccomp",
        );
        mend(&mut read);
        assert_eq!((read[0].dep, read[3].head, read[3].dep), (Dep::Mark, Some(5), Dep::Advcl));
        assert_eq!(read[5].dep, Dep::Root);
    }

    #[test]
    fn a_teller_with_one_subject_stays() {
        let text = "office|NOUN|1|nsubj say|VERB|_|root delivery|NOUN|3|nsubj resume|VERB|1|ccomp";
        let (mut read, whole) = (tokens(text), tokens(text));
        mend(&mut read);
        assert_eq!(read, whole);
    }
}
