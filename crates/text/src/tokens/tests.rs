//! Words in short texts of every kind, and that they always cover the text.

use super::*;
use proptest::prelude::*;

fn told(text: &str) -> Vec<&str> {
    words(text).into_iter().map(|s| s.of(text)).collect()
}

/// The words with a bar between them.
fn bars(text: &str) -> String {
    told(text).join("|")
}

#[test]
fn contractions_are_two_words() {
    assert_eq!(told("They don't say it’s over."), ["They", "do", "n't", "say", "it", "’s", "over", "."]);
    assert_eq!(told("the rebels' posts"), ["the", "rebels", "'", "posts"]);
    assert_eq!(bars("I cannot, they`re gonna"), "I|can|not|,|they|`re|gon|na");
}

#[test]
fn contractions_that_lost_their_apostrophe_are_two_words() {
    assert_eq!(bars("They dont fire, thats all."), "They|do|nt|fire|,|that|s|all|.");
    assert_eq!(bars("Its not over for its fighters"), "It|s|not|over|for|its|fighters");
}

#[test]
fn hyphens_stand_alone_but_after_prefixes() {
    assert_eq!(told("rebel-held al-Bab"), ["rebel", "-", "held", "al", "-", "Bab"]);
    assert_eq!(told("a non-state group"), ["a", "non-state", "group"]);
}

#[test]
fn points_belong_to_abbreviations_and_numbers() {
    assert_eq!(
        told("On Feb. 23 the U.N. counted 400,000."),
        ["On", "Feb.", "23", "the", "U.N.", "counted", "400,000", "."]
    );
    assert_eq!(
        told("It cost $5.5 (about €5)."),
        ["It", "cost", "$", "5.5", "(", "about", "€", "5", ")", "."]
    );
    assert_eq!(
        bars("They sat. No. 5 came, no. 6 did not, etc."),
        "They|sat|.|No.|5|came|,|no.|6|did|not|,|etc|."
    );
}

#[test]
fn words_stuck_together_are_parted() {
    assert_eq!(
        bars("It ended.The army left...and Gen.Haddad stayed"),
        "It|ended|.|The|army|left|...|and|Gen.|Haddad|stayed"
    );
    assert_eq!(bars("[8,9] and 1,000"), "[|8|,|9|]|and|1,000");
}

#[test]
fn stops_run_together() {
    assert_eq!(bars("Who?! They left.? Well...?"), "Who|?!|They|left|.?|Well|...|?");
    assert_eq!(bars("In the U.S.? Yes!!!"), "In|the|U.S.|?|Yes|!!!");
    assert_eq!(bars("They cut R&D. All left."), "They|cut|R&D|.|All|left|.");
}

#[test]
fn units_and_addresses() {
    assert_eq!(
        told("122mm shells, see http://example.org/a-b."),
        ["122", "mm", "shells", ",", "see", "http://example.org/a-b", "."]
    );
    assert_eq!(bars("At 7:30PM call 202-555-0134 (US$5m)"), "At|7:30|PM|call|202-555-0134|(|US$|5|m|)");
    assert_eq!(bars("Mail desk@example.org, list-2.doc"), "Mail|desk@example.org|,|list-2.doc");
}

#[test]
fn faces_are_words() {
    assert_eq!(bars("Home at last :) thanks:-) (there:)"), "Home|at|last|:)|thanks|:-)|(|there|:|)");
}

proptest! {
    #[test]
    fn words_cover_all_but_white_space(text in "\\PC{0,200}") {
        covers(&text)?;
    }

    #[test]
    fn words_cover_marks_and_letters(text in "[-a-zA-Z0-9.,:;=?!'’`$@#/()<>^_+*~ é]{0,80}") {
        covers(&text)?;
    }
}

fn covers(text: &str) -> Result<(), TestCaseError> {
    let mut at = 0;
    for word in words(text) {
        prop_assert!(word.start as usize >= at && !word.is_empty());
        prop_assert!(text[at..word.start as usize].chars().all(is_blank));
        at = word.end as usize;
    }
    prop_assert!(text[at..].chars().all(is_blank));
    Ok(())
}
