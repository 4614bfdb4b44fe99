//! The language layer from outside, with the weights in the binary.

use holdfire_model::{Model, ModelError};
use holdfire_types::{Dep, NameType, Upos};
use proptest::prelude::*;

fn model() -> &'static Model {
    Model::embedded().expect("the binary's own weights open")
}

const TEXT: &str =
    "The Observatory said on Thursday that 24 civilians were killed in al-Bab. Turkey denied it.";

#[test]
fn a_plain_sentence_has_its_tree_and_lemmas() {
    let text = "Turkey denied the report.";
    let sentence = &model().annotate(text)[0];
    let root = sentence.root().expect("a root");
    assert_eq!(
        (sentence.form(text, root), sentence.tokens[root].lemma.as_str(), sentence.tokens[root].upos),
        ("denied", "deny", Upos::Verb)
    );
    assert_eq!(sentence.tokens[0].dep, Dep::Nsubj);
    assert_eq!(sentence.tokens[3].dep, Dep::Obj);
}

#[test]
fn names_have_types() {
    let sentences = model().annotate("Staffan de Mistura met Russian officials in Geneva.");
    let kinds: Vec<NameType> = sentences[0].names.iter().map(|n| n.kind).collect();
    assert_eq!(kinds, [NameType::Person, NameType::Norp, NameType::Location]);
}

#[test]
fn a_name_that_looks_like_a_word_is_a_name_unless_all_is_in_capitals() {
    let tag = |text: &str| {
        let sentence = &model().annotate(text)[0];
        let at = (0..sentence.tokens.len()).find(|&i| sentence.form(text, i) == "IS").expect("the word");
        (sentence.tokens[at].upos, sentence.tokens[at].lemma.clone())
    };
    assert_eq!(tag("Government planes bombed IS positions."), (Upos::Propn, "IS".to_owned()));
    assert_eq!(tag("THE TOWN IS QUIET."), (Upos::Aux, "be".to_owned()));
}

#[test]
fn a_sentence_reads_the_same_alone_and_in_company() {
    let alone: Vec<_> = model().annotate("Turkey denied it.");
    let together = model().annotate(&format!("{}\n\nTurkey denied it.", TEXT.repeat(40)));
    let last = together.last().expect("sentences");
    assert_eq!(last.tokens.len(), alone[0].tokens.len());
    for (a, b) in last.tokens.iter().zip(&alone[0].tokens) {
        assert_eq!((&a.lemma, a.upos, a.head, a.dep), (&b.lemma, b.upos, b.head, b.dep));
    }
}

#[test]
fn a_damaged_file_is_refused_by_name() {
    let bytes = include_bytes!("../../../models/english.safetensors");
    assert!(matches!(Model::from_bytes(&bytes[..bytes.len() / 2]), Err(ModelError::Unreadable(_))));
    let mut flipped = bytes.to_vec();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    assert_eq!(Model::from_bytes(&flipped).err(), Some(ModelError::Checksum));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_text_at_all_gives_whole_trees(text in "(\\PC|\n){0,240}") {
        let mut at = 0;
        for sentence in model().annotate(&text) {
            let mut roots = 0;
            for (i, token) in sentence.tokens.iter().enumerate() {
                prop_assert!(token.span.start >= at && token.span.start < token.span.end);
                prop_assert!(text.get(token.span.start as usize..token.span.end as usize).is_some());
                at = token.span.end;
                roots += usize::from(token.head.is_none());
                let (mut node, mut steps) = (i, 0);
                while let Some(head) = sentence.tokens[node].head {
                    node = head as usize;
                    steps += 1;
                    prop_assert!(steps <= sentence.tokens.len(), "a cycle");
                }
            }
            prop_assert_eq!(roots, 1);
        }
    }
}

#[test]
fn a_very_long_text_keeps_the_vectors_of_its_beginning_alone() {
    let text = "Guns fell silent in the town. ".repeat(10_000);
    let sentences = model().annotate(&text);
    assert!(!sentences[0].vectors.is_empty());
    assert_eq!(sentences[0].vectors.len() % sentences[0].tokens.len(), 0);
    assert!(sentences[sentences.len() - 1].vectors.is_empty());
    let kept: usize = sentences.iter().filter(|s| !s.vectors.is_empty()).map(|s| s.tokens.len()).sum();
    assert!(kept <= 1 << 16, "{kept} words");
}
