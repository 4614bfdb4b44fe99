//! The sample reports are read without a word of complaint.

use std::path::Path;

use holdfire_intake::{Options, reports};

#[test]
fn every_sample_has_its_day_and_publisher() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let read: Result<Vec<_>, _> = reports(&[folder], &Options::default()).collect();
    let read = read.unwrap_or_else(|problem| panic!("{problem}"));
    assert!(read.len() >= 12, "{} samples", read.len());
    for report in &read {
        let published = report.published.as_ref().unwrap_or_else(|| panic!("{} has no day", report.name));
        assert!(report.name.ends_with(&published.date.to_string()), "{} of {}", report.name, published.date);
        assert!(report.publisher.is_some(), "{} has no publisher", report.name);
    }
    let page = read.iter().find(|report| report.name.starts_with("camp-strike")).expect("the page");
    assert!(page.text.contains("more than 40 fighters"));
    for furniture in ["orrection", "Snow closes", "Weather", "Your email", "reserved"] {
        assert!(!page.text.contains(furniture), "{furniture} in {}", page.text);
    }
}
