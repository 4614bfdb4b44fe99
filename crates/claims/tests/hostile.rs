//! Bad input gives claims or none and never a crash: quotations that never close, endless sentences, tables, lists.

use holdfire_claims::read;
use holdfire_model::Model;
use holdfire_types::{Claim, Report};
use holdfire_world::World;

fn claims(text: &str) -> Vec<Claim> {
    let report = Report::new("hostile", text);
    let found = read(&report, &Model::embedded().unwrap().annotate(text), World::embedded().unwrap()).claims;
    for claim in &found {
        let (start, end) = (claim.span.start as usize, claim.span.end as usize);
        assert!(
            start < end && text.get(start..end).is_some(),
            "evidence {start}..{end} is no stretch of the text"
        );
        assert!(claim.span.contains(claim.anchor), "the act stands outside its evidence");
    }
    found
}

#[test]
fn a_quotation_that_never_closes_takes_no_later_paragraph() {
    let found = claims(
        "\"Rebels killed two guards, the governor said.\n\nThe army captured the town of Marran on Monday.\n",
    );
    let last = found.last().expect("the army's capture");
    assert_eq!((last.act.kind.as_str(), last.source.name.as_str()), ("capture", "narrator"));
    claims(&"“Rebels killed two guards. ".repeat(200));
    claims(&"\"".repeat(3000));
}

#[test]
fn a_sentence_of_two_thousand_words_is_read() {
    let clause = "rebels attacked the town of Marran and the army shelled the port and ";
    claims(&format!("On Monday {}nothing more was heard.", clause.repeat(150)));
    claims(&"war ".repeat(2000));
    claims(&format!("Gunmen killed {}in Goma.", "soldiers, ".repeat(1000)));
}

#[test]
fn tables_and_lists_are_read_line_by_line() {
    let row = "Marran | 12 May | 3 killed | shelling | army\n";
    claims(&format!("Place | Day | Harm | Means | Side\n{}", row.repeat(200)));
    claims(&"1.\t2.\t3.\n-\n*\n\n".repeat(100));
    let list = claims("- Rebels attacked the barracks in Goma.\n\n- The army shelled the port of Marran.\n");
    assert_eq!(list.len(), 2, "{list:?}");
}

#[test]
fn odd_characters_do_no_harm() {
    claims("");
    claims(" \n\n\t ");
    claims("\u{feff}Rebels\u{200b} shelled\u{0} the \u{202e}town\u{301} of Zürich 🚀🚀 .");
    claims(&"(((([[[[{{{{ killed ".repeat(100));
    claims("KILLED KILLED KILLED 9999999999999999999999999999 people 1e309 -5 ½ ٣٤");
}
