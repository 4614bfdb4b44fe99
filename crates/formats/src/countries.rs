//! Countries by the codes that other data sets use.
//!
//! ISO 3166-1 codes, and the numbers of Gleditsch and Ward's list of independent states, which UCDP uses.

/// The table: alpha-2, alpha-3, numeric, Gleditsch and Ward, name; by tabs, a country a line.
const TABLE: &str = include_str!("../data/countries.tsv");

/// One country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Country {
    /// ISO 3166-1 alpha-2 ("SY").
    pub alpha2: &'static str,
    /// ISO 3166-1 alpha-3 ("SYR").
    pub alpha3: &'static str,
    /// ISO 3166-1 numeric, without leading zeros ("760").
    pub numeric: &'static str,
    /// Number in Gleditsch and Ward's list ("652"); empty for countries that are not on it.
    pub gw: &'static str,
    /// Short name in English.
    pub name: &'static str,
}

fn all() -> impl Iterator<Item = Country> {
    TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        let mut next = || cells.next();
        Some(Country { alpha2: next()?, alpha3: next()?, numeric: next()?, gw: next()?, name: next()? })
    })
}

/// The country of an alpha-2 code.
pub(crate) fn of_alpha2(code: &str) -> Option<Country> {
    all().find(|c| c.alpha2 == code)
}

/// The country of an ISO number ("4" and "004") or an alpha-3 code.
pub(crate) fn of_iso(code: &str) -> Option<Country> {
    let number = code.trim_start_matches('0');
    all().find(|c| !number.is_empty() && (c.numeric == number || c.alpha3.eq_ignore_ascii_case(code)))
}

/// The country of Gleditsch and Ward's number.
pub(crate) fn of_gw(number: &str) -> Option<Country> {
    all().find(|c| !number.is_empty() && c.gw == number)
}

/// The country of a name; UCDP's "Yemen (North Yemen)" is Yemen.
pub(crate) fn of_name(name: &str) -> Option<Country> {
    let name = name.split(" (").next().unwrap_or(name).trim();
    all().find(|c| c.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_found_by_each_of_its_codes() {
        let syria = of_alpha2("SY").expect("Syria");
        assert_eq!(of_iso("760"), Some(syria));
        assert_eq!(of_iso("syr"), Some(syria));
        assert_eq!(of_gw("652"), Some(syria));
        assert_eq!(of_name("Syria"), Some(syria));
        assert_eq!(of_name("Yemen (North Yemen)").map(|c| c.gw), Some("678"));
        assert_eq!(of_iso("004").map(|c| c.alpha2), Some("AF"));
        assert_eq!((of_gw(""), of_iso("0"), of_name("Atlantis")), (None, None, None));
    }

    #[test]
    fn every_line_of_the_table_is_whole() {
        for country in all() {
            assert_eq!((country.alpha2.len(), country.alpha3.len()), (2, 3), "{country:?}");
            assert!(country.numeric.parse::<u16>().is_ok(), "{country:?}");
            assert!(country.gw.is_empty() || country.gw.parse::<u16>().is_ok(), "{country:?}");
        }
        assert_eq!(all().count(), TABLE.lines().count() - 1);
    }
}
