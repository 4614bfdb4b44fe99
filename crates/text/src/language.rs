//! The language of a text.

/// Letters looked at; a report shows its language early.
const ENOUGH: usize = 4_000;

/// ISO 639-1 code of the language of `text` and how sure that is (0 to 1); `None` where it cannot be told.
///
/// Short texts in Latin letters are guesses: ask for confidence before refusing one.
pub fn language(text: &str) -> Option<(&'static str, f64)> {
    let mut end = text.len().min(ENOUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let info = whatlang::detect(&text[..end])?;
    let code = match info.lang() {
        whatlang::Lang::Eng => "en",
        whatlang::Lang::Ara => "ar",
        whatlang::Lang::Rus => "ru",
        whatlang::Lang::Ukr => "uk",
        whatlang::Lang::Tur => "tr",
        whatlang::Lang::Pes => "fa",
        whatlang::Lang::Heb => "he",
        whatlang::Lang::Fra => "fr",
        whatlang::Lang::Deu => "de",
        whatlang::Lang::Spa => "es",
        whatlang::Lang::Por => "pt",
        whatlang::Lang::Ita => "it",
        whatlang::Lang::Amh => "am",
        whatlang::Lang::Mya => "my",
        whatlang::Lang::Cmn => "zh",
        whatlang::Lang::Urd => "ur",
        other => other.code(),
    };
    Some((code, info.confidence()))
}

#[cfg(test)]
mod tests {
    use super::language;

    #[test]
    fn english_and_arabic_are_told_apart() {
        let told = |text: &str| language(text).map(|(code, _)| code);
        assert_eq!(
            told("The envoy said that both sides had agreed to meet again in the capital next week."),
            Some("en")
        );
        assert_eq!(told("قال المبعوث إن الجانبين اتفقا على الاجتماع مرة أخرى الأسبوع المقبل"), Some("ar"));
        assert_eq!(told("12 34"), None);
    }
}
