//! File names from the names of reports.

use holdfire_types::{Id, IdKind};

/// Longest name given, in bytes; file systems stop at 255.
const LONGEST: usize = 120;

/// Digits of the hash that keep two mended names apart.
const DIGITS: usize = 8;

/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A name for a file without its ending: letters, digits, `-`, `_` and `.` as they are, all else `_`.
///
/// A name that had to be changed ends in a few digits of its hash, so two reports never share a file.
pub fn safe_name(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' })
        .collect();
    let stem = plain.split('.').next().unwrap_or("").to_ascii_lowercase();
    let port = stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
    let fit = plain == name
        && !plain.is_empty()
        && plain.len() <= LONGEST
        && !plain.starts_with('.')
        && !plain.ends_with('.')
        && !port
        && !DEVICES.contains(&stem.as_str());
    if fit {
        return plain;
    }
    let hash = Id::of(IdKind::Report, &[name]);
    let head = plain.trim_start_matches('.');
    let head = &head[..head.len().min(LONGEST - DIGITS - 2)];
    format!("_{head}-{}", &hash.as_str()[1..=DIGITS])
}

#[cfg(test)]
mod tests {
    use super::safe_name;
    use proptest::prelude::*;

    #[test]
    fn plain_names_stay_and_others_are_mended() {
        assert_eq!(safe_name("al-bab_2017-02-16.v2"), "al-bab_2017-02-16.v2");
        assert!(safe_name("../../etc/passwd").starts_with("__.._etc_passwd-"));
        assert_ne!(safe_name("a/b"), safe_name("a:b"));
        assert_ne!(safe_name("nul.txt"), "nul.txt");
        assert_ne!(safe_name(""), "");
    }

    proptest! {
        #[test]
        fn a_name_never_leaves_its_folder(name in "\\PC{0,300}") {
            let safe = safe_name(&name);
            prop_assert!(!safe.is_empty() && safe.len() <= 120);
            prop_assert!(!safe.starts_with('.'));
            prop_assert!(safe.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)));
        }
    }
}
