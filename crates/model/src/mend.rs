//! Mending of trees where the parser is known to err: a *teller* ("the office said") that stands behind what it tells, and
//! draws the subject of what is told to itself.

use holdfire_types::{Dep, Token, Upos};

/// Verbs of tellers that stand behind.
const TELLING: &[&str] = &["say", "tell", "report", "announce", "add", "claim", "confirm"];

/// "Deliveries to the north resumed on Friday, the office said": of two subjects of the verb of telling, the first is that
/// of the clause between them.
pub fn subjects(tokens: &mut [Token]) {
    for verb in 0..tokens.len() {
        if tokens[verb].upos == Upos::Verb && TELLING.contains(&tokens[verb].lemma.as_str()) {
            of_told(tokens, verb);
            by_office(tokens, verb);
        }
    }
}

/// How far before the teller the clause may begin.
const REACH: usize = 60;

fn of_told(tokens: &mut [Token], verb: usize) -> Option<()> {
    let on = |tokens: &[Token], t: usize, head: usize| tokens[t].head == Some(head as u32);
    let before = verb.saturating_sub(REACH)..verb;
    let teller = before.clone().rev().find(|&t| on(tokens, t, verb) && tokens[t].dep == Dep::Nsubj)?;
    let first = before
        .clone()
        .find(|&t| on(tokens, t, verb) && tokens[t].dep == Dep::Nsubj)
        .filter(|&t| t < teller)?;
    let clause = (first + 1..teller).find(|&t| {
        let told = matches!(tokens[t].dep, Dep::Ccomp | Dep::Advcl | Dep::Parataxis);
        on(tokens, t, verb) && told && tokens[t].upos == Upos::Verb
    })?;
    let kid = |tokens: &[Token], of: usize, deps: &[Dep]| {
        before.clone().find(|&t| on(tokens, t, of) && deps.contains(&tokens[t].dep))
    };
    if kid(tokens, clause, &[Dep::Mark]).is_some() {
        return None;
    }
    if let Some(own) = kid(tokens, clause, &[Dep::Nsubj, Dep::NsubjPass, Dep::Expl, Dep::Csubj]) {
        // "to the north" and "and the rebels" are of the noun before
        let (head, dep) = if kid(tokens, own, &[Dep::Case]).is_some_and(|case| case > first) {
            (first, Dep::Nmod)
        } else {
            kid(tokens, own, &[Dep::Cc]).filter(|&and| and > first)?;
            let paired = kid(tokens, first, &[Dep::Nmod]).filter(|&t| t < own);
            (paired.unwrap_or(first), Dep::Conj)
        };
        (tokens[own].head, tokens[own].dep) = (Some(head as u32), dep);
    }
    tokens[first].head = Some(clause as u32);
    tokens[clause].dep = Dep::Ccomp;
    Some(())
}

/// "... in the north, Anna Weiss, a spokesman for the army, told the radio": a teller whose office stands between commas is no
/// place beside the one before.
fn by_office(tokens: &mut [Token], verb: usize) -> Option<()> {
    let comma = |tokens: &[Token], t: usize| tokens[t].lemma == ",";
    let has_subject = tokens.iter().any(|t| t.head == Some(verb as u32) && t.dep == Dep::Nsubj);
    if has_subject || verb < 6 || !comma(tokens, verb - 1) {
        return None;
    }
    let office = (verb.saturating_sub(OFFICE)..verb - 1).rev().find(|&t| tokens[t].dep == Dep::Appos)?;
    let article = (verb.saturating_sub(OFFICE)..office)
        .rev()
        .find(|&t| tokens[t].upos == Upos::Det && tokens[t].head == Some(office as u32))
        .filter(|&t| t > 2 && comma(tokens, t - 1))?;
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

/// How far before the verb an office may begin.
const OFFICE: usize = 14;

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
        subjects(&mut read);
        assert_eq!((read[0].head, read[2].head), (Some(1), Some(3)));
    }

    #[test]
    fn a_noun_with_a_preposition_is_no_subject() {
        let mut read = tokens(
            "delivery|NOUN|5|nsubj to|ADP|2|case north|NOUN|3|nsubj resume|VERB|5|advcl office|NOUN|5|nsubj say|VERB|_|root",
        );
        subjects(&mut read);
        assert_eq!((read[0].head, read[2].head, read[2].dep), (Some(3), Some(0), Dep::Nmod));
        assert_eq!(read[3].dep, Dep::Ccomp);
    }

    #[test]
    fn what_is_joined_by_and_is_of_the_pair() {
        let mut read = tokens(
            "talk|NOUN|7|nsubj between|ADP|2|case government|NOUN|0|nmod and|CCONJ|4|cc rebel|NOUN|5|nsubj break|VERB|7|ccomp envoy|NOUN|7|nsubj say|VERB|_|root",
        );
        subjects(&mut read);
        assert_eq!((read[0].head, read[4].head, read[4].dep), (Some(5), Some(2), Dep::Conj));
    }

    #[test]
    fn a_name_with_its_office_behind_it_tells() {
        let mut read = tokens(
            "attack|VERB|9|ccomp in|ADP|2|case north|PROPN|0|obl ,|PUNCT|4|punct Weiss|PROPN|2|conj ,|PUNCT|7|punct a|DET|7|det spokesman|NOUN|2|appos ,|PUNCT|7|punct tell|VERB|_|root",
        );
        subjects(&mut read);
        assert_eq!((read[4].head, read[4].dep, read[7].head), (Some(9), Dep::Nsubj, Some(4)));
    }

    #[test]
    fn a_teller_with_one_subject_stays() {
        let text = "office|NOUN|1|nsubj say|VERB|_|root delivery|NOUN|3|nsubj resume|VERB|1|ccomp";
        let (mut read, whole) = (tokens(text), tokens(text));
        subjects(&mut read);
        assert_eq!(read, whole);
    }
}
