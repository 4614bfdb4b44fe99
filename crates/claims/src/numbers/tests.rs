//! Numbers as they are written.

use super::*;
use crate::plain::sentence;
use proptest::prelude::*;

fn amounts(text: &str) -> Vec<(Option<u64>, Option<u64>)> {
    find(&Words::new(text, &sentence(text)))
        .into_iter()
        .filter_map(|n| match n.amount {
            Amount::Count { min, max } => Some((min, max)),
            Amount::Share(_) => None,
        })
        .collect()
}

fn exactly(n: u64) -> Vec<(Option<u64>, Option<u64>)> {
    vec![(Some(n), Some(n))]
}

#[test]
fn digits_words_and_scales_give_numbers() {
    assert_eq!(amounts("1,081 detainees"), exactly(1081));
    assert_eq!(amounts("300 000 civilians"), exactly(300_000));
    assert_eq!(amounts("2.5 million refugees"), exactly(2_500_000));
    assert_eq!(amounts("thirty-five soldiers"), exactly(35));
    assert_eq!(amounts("two hundred and fifty thousand civilians"), exactly(250_000));
    assert_eq!(amounts("a dozen shells"), exactly(12));
    assert_eq!(amounts("half a million civilians"), exactly(500_000));
}

#[test]
fn words_before_bound_the_number() {
    assert_eq!(amounts("at least 5 soldiers"), [(Some(5), None)]);
    assert_eq!(amounts("up to 30 soldiers"), [(None, Some(30))]);
    assert_eq!(amounts("more than 400,000 civilians"), [(Some(400_001), None)]);
    assert_eq!(amounts("fewer than 12 soldiers"), [(None, Some(11))]);
    assert_eq!(amounts("about 20 soldiers"), exactly(20));
    assert_eq!(amounts("at least another 20 soldiers"), [(Some(20), None)]);
    assert_eq!(amounts("20 or more soldiers"), [(Some(20), None)]);
}

#[test]
fn vague_words_have_a_least_and_no_most() {
    for (text, least) in [
        ("dozens of soldiers", 24),
        ("scores of soldiers", 40),
        ("hundreds of soldiers", 200),
        ("several hundred soldiers", 200),
        ("thousands of soldiers", 2000),
        ("tens of thousands of soldiers", 20_000),
        ("hundreds of thousands of soldiers", 200_000),
    ] {
        assert_eq!(amounts(text), [(Some(least), None)], "{text}");
    }
}

#[test]
fn ranges_give_both_bounds() {
    assert_eq!(amounts("10 to 15 soldiers"), [(Some(10), Some(15))]);
    assert_eq!(amounts("between 10 and 15 soldiers"), [(Some(10), Some(15))]);
    assert_eq!(amounts("10-15 soldiers"), [(Some(10), Some(15))]);
}

#[test]
fn none_is_zero() {
    assert_eq!(amounts("no convoy"), exactly(0));
    assert_eq!(amounts("not a single convoy"), exactly(0));
    assert_eq!(amounts("no longer"), []);
}

#[test]
fn shares_are_shares() {
    let text = "half of the population and 30 percent of the land";
    let shares: Vec<Amount> =
        find(&Words::new(text, &sentence(text))).into_iter().map(|n| n.amount).collect();
    assert_eq!(shares, [Amount::Share(0.5), Amount::Share(0.3)]);
}

proptest! {
    #[test]
    fn numbers_stand_in_order_and_never_panic(text in "[a-z0-9 ,.%$-]{0,120}") {
        let sentence = sentence(&text);
        let mut end = 0;
        for n in find(&Words::new(&text, &sentence)) {
            prop_assert!(n.start >= end && n.start <= n.head && n.head < n.end);
            end = n.end;
        }
    }
}
