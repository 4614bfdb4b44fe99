//! The packs in the binary, asked as the reader asks them.

use holdfire_types::{PartyKind, PlacePrecision};
use holdfire_world::{Mention, PlaceContext, World, WorldError, check};
use jiff::civil::date;

fn world() -> &'static World {
    World::embedded().expect("the binary's own packs are whole")
}

fn party(name: &str) -> Option<&'static str> {
    world().find_party(name, Some(date(2017, 2, 16)), Some("SY")).map(|p| p.id.as_str())
}

#[test]
fn a_nation_and_a_general_word_are_a_party() {
    assert_eq!(party("Turkish forces"), Some("state/tr/forces"));
    assert_eq!(party("Russian warplanes"), Some("state/ru/forces"));
    assert_eq!(party("Russian Foreign Ministry"), Some("state/ru"));
    assert_eq!(party("Turkey"), Some("state/tr"));
    assert_eq!(party("Ankara"), Some("state/tr"));
}

#[test]
fn the_conflicts_own_names_come_first() {
    assert_eq!(party("Syrian government forces"), Some("syria/army"));
    assert_eq!(party("the Observatory"), Some("syria/sohr"));
    assert_eq!(party("rebels"), Some("syria/opposition"));
    assert_eq!(party("UN special envoy Staffan de Mistura"), Some("syria/un-envoy"));
    assert_eq!(party("a man from the market"), None);
}

#[test]
fn a_dated_name_follows_the_day() {
    let nusra = world().party("syria/nusra").expect("the party");
    assert_eq!(nusra.name_on(date(2016, 7, 1)), "Nusra Front");
    assert_eq!(nusra.name_on(date(2016, 12, 30)), "Fatah al-Sham");
    assert_eq!(nusra.name_on(date(2017, 2, 16)), "Tahrir al-Sham");
    // an old name still finds its party
    assert_eq!(party("al-Nusra Front"), Some("syria/nusra"));
}

#[test]
fn parties_stand_under_others() {
    let army = world().party("syria/army").expect("the army");
    assert_eq!(
        (army.kind, army.under.as_slice()),
        (PartyKind::StateForce, &["syria/government".to_owned()][..])
    );
}

#[test]
fn spellings_find_their_place() {
    let context = PlaceContext { countries: vec!["SY".to_owned()] };
    for (name, id) in [
        ("Al Bab", "syria/al-bab"),
        ("Deir al-Zour", "syria/deir-ezzor"),
        ("Ain al-Fijeh", "syria/ein-al-fijeh"),
    ] {
        let found = world().find_place(name, &context);
        assert_eq!(found.first().map(|c| c.place.id.as_str()), Some(id), "{name}");
    }
    let valley = &world().find_place("Wadi Barada", &context)[0];
    assert_eq!(valley.place.precision, PlacePrecision::Area);
}

#[test]
fn the_truce_has_its_terms() {
    let truce = world().truce("syria-2016-12-30").expect("the truce");
    assert_eq!(truce.start, date(2016, 12, 30));
    assert!(truce.parties.contains(&"syria/opposition".to_owned()));
    assert!(truce.terms.iter().any(|t| !t.disputed.is_empty()));
}

#[test]
fn a_truce_that_ends_before_it_begins_is_refused() {
    let pack = "id = \"x\"\nname = \"X\"\n[[party]]\nid = \"a\"\nname = \"A\"\nkind = \"rebel\"\n[[truce]]\nid = \"t\"\nname = \"T\"\ncountries = []\nparties = [\"a\"]\nstart = \"2020-01-02\"\nend = \"2020-01-01\"\nterm = []\nsources = []\n";
    assert!(matches!(World::from_packs(&[("x.toml", pack)]), Err(WorldError::Fact { .. })));
}

#[test]
fn the_gazetteer_knows_the_world() {
    let nowhere = PlaceContext::default();
    let first = |name: &str| world().find_place(name, &nowhere).first().map(|c| c.place.clone());
    assert_eq!(first("Kharkiv").map(|p| p.country), Some("UA".to_owned()));
    assert_eq!(first("Харків").map(|p| p.country), Some("UA".to_owned()));
    assert_eq!(first("Rapides Parish").map(|p| p.precision), Some(PlacePrecision::District));
    assert_eq!(first("Syrian").map(|p| p.id), Some("country:SY".to_owned()));
    assert_eq!(first("qqqq"), None);
}

#[test]
fn the_text_settles_which_place_is_meant() {
    let nowhere = PlaceContext::default();
    let alexandria = |text: &str, also: &[&str]| {
        let at = text.find("Alexandria").expect("the name");
        let span = holdfire_types::Span::new(at, at + "Alexandria".len());
        let mut mentions = vec![Mention::at(text, span)];
        mentions.extend(also.iter().map(|n| Mention::bare(n)));
        let place = &world().locate(&mentions, &nowhere)[0][0].place;
        (place.country.clone(), place.admin1.clone())
    };
    assert_eq!(alexandria("In Alexandria, Louisiana, rain.", &[]), ("US".to_owned(), "Louisiana".to_owned()));
    assert_eq!(alexandria("In Alexandria rain.", &["Giza", "Damanhur"]).0, "EG");
    assert_eq!(
        alexandria("In Alexandria rain.", &["Rapides Parish", "Pineville"]),
        ("US".to_owned(), "Louisiana".to_owned())
    );
}

#[test]
fn nothing_is_wrong_with_the_packs_in_the_binary() {
    for (file, text) in holdfire_world::PACKS {
        let problems: Vec<String> = check(file, text).iter().map(ToString::to_string).collect();
        assert_eq!(problems, [""; 0], "{file}");
    }
}

#[test]
fn a_bare_word_means_the_party_of_the_conflict_spoken_of() {
    let of = |name: &str, country: &str| {
        world().find_party(name, Some(date(2019, 5, 1)), Some(country)).map(|p| p.id.as_str())
    };
    assert_eq!(of("the rebels", "YE"), Some("yemen/houthis"));
    assert_eq!(of("rebels", "UA"), Some("ukraine/separatists"));
    assert_eq!(of("government forces", "UA"), Some("ukraine/army"));
    assert_eq!(of("Israeli army", "LB"), Some("lebanon/idf"));
}

#[test]
fn a_bare_government_is_that_of_the_country_spoken_of_or_stays_open() {
    let of = |name: &str, country: Option<&str>| {
        world().find_party(name, Some(date(2017, 2, 16)), country).map(|p| p.id.as_str())
    };
    assert_eq!(of("the government", Some("SY")), Some("syria/government"));
    assert_eq!(of("government", Some("UA")), Some("ukraine/government"));
    assert_eq!(of("the government", Some("FR")), Some("state/fr"));
    assert_eq!(of("army officials", Some("FR")), Some("state/fr/forces"));
    assert_eq!(of("the army", Some("LB")), Some("lebanon/army"));
    assert_eq!(of("the rebels", Some("FR")), None);
    assert_eq!(of("the government", None), None);
    let candidates: Vec<&str> =
        world().parties_named("the government").iter().map(|p| p.id.as_str()).collect();
    for id in ["syria/government", "ukraine/government", "yemen/government"] {
        assert!(candidates.contains(&id), "{candidates:?}");
    }
}

#[test]
fn the_government_of_a_report_is_that_of_the_land_where_things_happen() {
    use holdfire_types::{Act, Claim, Filler, Kind, Report, Span};
    let resolved = |text: &str, place: &str| {
        let report = Report::new("r", text);
        let span = |words: &str| {
            let start = text.find(words).expect("the words");
            Span::new(start, start + words.len())
        };
        let filler = |words: &str| Filler::new(words, span(words), "test");
        let act =
            Act { actor: vec![filler("government")], place: vec![filler(place)], ..Act::of(Kind::Attack) };
        let (who, word) = (span("government"), span("shelled"));
        let mut claims = [Claim::plain(&report.id, who, word, Filler::narrator(), act, "test")];
        world().resolve(&report, &mut claims);
        claims[0].act.actor[0].party.clone()
    };
    assert_eq!(
        resolved("The government shelled Taiz, Russian diplomats said.", "Taiz").as_deref(),
        Some("yemen/government")
    );
    assert_eq!(
        resolved("The government shelled Bamako. Syria once did the like.", "Bamako").as_deref(),
        Some("state/ml")
    );
}

#[test]
fn a_name_of_its_own_is_told_from_general_words() {
    for (words, named) in
        [("Jaish al-Ezza", true), ("Turkish forces", false), ("rebels", false), ("General Ali Haddad", true)]
    {
        assert_eq!(world().is_name(words), named, "{words}");
    }
}

#[test]
fn every_party_and_place_of_a_conflict_names_its_document() {
    for (file, text) in holdfire_world::PACKS.iter().filter(|(file, _)| *file != "world.toml") {
        let pack = holdfire_world::Pack::parse(file, text).expect("a whole pack");
        let parties = pack.party.iter().map(|p| (&p.id, p.source.is_empty()));
        let places = pack.place.iter().map(|p| (&p.id, p.source.is_empty()));
        let truces = pack.truce.iter().map(|t| (&t.id, t.sources.is_empty()));
        let terms = pack.truce.iter().flat_map(|t| &t.term).map(|t| (&t.id, t.source.is_empty()));
        let bare: Vec<_> =
            parties.chain(places).chain(truces).chain(terms).filter(|(_, bare)| *bare).collect();
        assert!(bare.is_empty(), "{file}: {bare:?}");
    }
}

#[test]
fn a_man_may_change_office_and_a_name_its_script() {
    let of = |name: &str, on, country: &str| {
        world().find_party(name, Some(on), Some(country)).map(|p| p.id.as_str())
    };
    assert_eq!(of("Joseph Aoun", date(2024, 12, 1), "LB"), Some("lebanon/army"));
    assert_eq!(of("Joseph Aoun", date(2025, 2, 1), "LB"), Some("lebanon/government"));
    assert_eq!(of("قوات سوريا الديمقراطية", date(2017, 2, 1), "SY"), Some("syria/sdf"));
    assert_eq!(of("СММ ОБСЄ", date(2017, 2, 1), "UA"), Some("ukraine/smm"));
    assert_eq!(of("Hay'at Tahrir al-Sham", date(2017, 2, 1), "SY"), Some("syria/nusra"));
}

#[test]
fn descriptions_lead_to_the_party_described() {
    for (words, id) in [
        ("leader of the Russian delegation", Some("state/ru")),
        ("Syrian government’s envoy", Some("syria/government")),
        ("Free Syrian Army's Southern Front", Some("syria/southern-front")),
        ("Assad regime troops", Some("syria/army")),
        ("rebels in the north", Some("syria/opposition")),
        ("an AFP correspondent", Some("world/afp")),
        // the Arab coalition fights in Yemen
        ("Syrian Arab coalition", None),
    ] {
        assert_eq!(party(words), id, "{words}");
    }
}

#[test]
fn vowels_are_free_where_names_come_from_other_letters() {
    let here = |country: &str| PlaceContext { countries: vec![country.to_owned()] };
    let first = |name: &str, country: &str| {
        world().find_place(name, &here(country)).first().map(|c| c.place.id.clone())
    };
    assert_eq!(first("Urum al-Kubra", "SY").as_deref(), Some("syria/urem-al-kubra"));
    assert_eq!(first("Urum al-Kubra", "US"), None);
    // the city, not the canton or a town abroad
    assert_eq!(first("Geneva", "SY").as_deref(), Some("world/geneva"));
}

#[test]
fn quarters_of_one_name_are_told_apart_by_the_places_beside_them() {
    let syria = PlaceContext { countries: vec!["SY".to_owned()] };
    let first_of = |names: &[&str]| {
        let mentions: Vec<Mention<'_>> = names.iter().map(|n| Mention::bare(n)).collect();
        world().locate(&mentions, &syria)[0][0].place.id.clone()
    };
    assert_eq!(first_of(&["al-Midan", "Bustan al-Qasr", "Salaheddin"]), "syria/midan-aleppo");
    assert_eq!(first_of(&["al-Midan", "Mezzeh", "Tadamon"]), "syria/midan-damascus");
}

#[test]
fn small_places_are_found_in_every_spelling() {
    for (name, country, id) in [
        ("Hamouria", "SY", "syria/hamouriyah"),
        ("Tell Rifaat", "SY", "syria/tal-rifaat"),
        ("حريتان", "SY", "syria/haritan"),
        ("Kominternovo", "UA", "ukraine/pikuzy"),
        ("Піски", "UA", "ukraine/pisky"),
        ("al-Khokha", "YE", "yemen/khokha"),
        ("Meiss al-Jabal", "LB", "lebanon/mays-al-jabal"),
        ("זרעית", "IL", "lebanon/zarit"),
    ] {
        let found = world().find_place(name, &PlaceContext { countries: vec![country.to_owned()] });
        assert_eq!(found.first().map(|c| c.place.id.as_str()), Some(id), "{name}");
    }
}

#[test]
fn a_village_of_a_pack_does_not_take_a_larger_town_of_its_name_elsewhere() {
    let of = |name: &str, country: &str| {
        let found = world().find_place(name, &PlaceContext { countries: vec![country.to_owned()] });
        found.first().map(|c| c.place.country.clone())
    };
    assert_eq!(of("Tripoli", "LY").as_deref(), Some("LY"));
    assert_eq!(of("Sur", "OM").as_deref(), Some("OM"));
    assert_eq!(of("Alma", "CA").as_deref(), Some("CA"));
    assert_eq!(of("Sarmin", "SY").as_deref(), Some("SY"));
}

#[test]
fn a_facility_is_found_by_the_place_it_stands_at() {
    let first = |name: &str, country: &str| {
        let found = world().find_place(name, &PlaceContext { countries: vec![country.to_owned()] });
        found.first().map(|c| (c.place.id.clone(), c.place.precision))
    };
    let at = |id: &str, precision| Some((id.to_owned(), precision));
    assert_eq!(first("Atmeh border crossing", "SY"), at("syria/atmeh", PlacePrecision::Near));
    assert_eq!(first("Tabqa military airport", "SY"), at("syria/tabqa-air-base", PlacePrecision::Exact));
    // a nation's camp is not the nation
    assert_eq!(first("Kenyan refugee camp", "KE"), None);
}

#[test]
fn a_village_here_is_meant_before_a_namesake_abroad() {
    let syria = PlaceContext { countries: vec!["SY".to_owned()] };
    let first = |name: &str| world().find_place(name, &syria).first().map(|c| c.place.id.clone());
    assert_eq!(first("Ferdous").as_deref(), Some("syria/fardous"));
    assert_eq!(first("Karm Aljabal").as_deref(), Some("syria/karm-al-jabal"));
    assert_eq!(first("Kafrnaha").as_deref(), Some("syria/kafr-naha"));
    // a large city abroad stays what it is
    assert!(first("Barcelona").is_some_and(|id| id.starts_with("geonames:")));
}

#[test]
fn words_of_a_text_without_a_capital_are_no_town() {
    let text = "Troops moved to the border near Homs.";
    let at = |word: &str| {
        let start = text.find(word).expect("the word");
        Mention::at(text, holdfire_types::Span::new(start, start + word.len()))
    };
    let found = world().locate(&[at("border"), at("Homs")], &PlaceContext::default());
    assert!(found[0].is_empty(), "{:?}", found[0]);
    assert_eq!(found[1][0].place.id, "syria/homs");
}

/// Ids of the places of a claim that names them, each by the words at its place in the text.
fn places_of(text: &str, names: &[&str]) -> Vec<Option<String>> {
    use holdfire_types::{Act, Claim, Filler, Kind, Report, Span};
    let mut report = Report::new("r", text);
    report.seal();
    let span = Span::new(0, text.len());
    let mut act = Act::of(Kind::Attack);
    for name in names {
        let at = text.find(name).unwrap_or_else(|| panic!("`{name}` stands in the text"));
        act.place.push(Filler::new(*name, Span::new(at, at + name.len()), "by-hand"));
    }
    let mut claims = [Claim::plain(&report.id, span, span, Filler::narrator(), act, "by-hand")];
    world().resolve(&report, &mut claims);
    claims[0].act.place.iter().map(|filler| filler.place.as_ref().map(|p| p.id.clone())).collect()
}

#[test]
fn words_around_a_name_do_not_hide_the_place() {
    let context = PlaceContext { countries: vec!["SY".to_owned()] };
    let first = |name: &str| world().find_place(name, &context).into_iter().next().map(|c| c.place.id);
    for (name, id) in [
        ("Syrias Aleppo", "syria/aleppo"),
        ("Syria's Khan Touman", "syria/khan-tuman"),
        ("Aleppos", "syria/aleppo"),
        ("strategic Castello Road", "syria/castello-road"),
        ("divided Aleppo", "syria/aleppo"),
        ("Homs central Syria", "syria/homs"),
        ("Tal Abyad Raqqa", "syria/tal-abyad"),
        ("northeastern Syria", "country:SY"),
    ] {
        assert_eq!(first(name).as_deref(), Some(id), "{name}");
    }
    // A name of another conflict's country is not cut short, and a country alone says too little.
    let elsewhere = PlaceContext { countries: vec!["ML".to_owned()] };
    assert!(world().find_place("Homs Nowhere Hill", &elsewhere).is_empty());
    assert_eq!(first("Syria Watchdog"), None);
}

#[test]
fn a_name_cut_short_is_read_to_its_end() {
    let text = "Raids hit Khan Sheikhoun, and shells fell on Sheikh Maqsoud in Syria.";
    let found = places_of(text, &["Khan", "Maqsoud"]);
    assert_eq!(found[0].as_deref(), Some("syria/khan-sheikhoun"));
    assert_eq!(found[1].as_deref(), Some("syria/sheikh-maqsoud"));
}

#[test]
fn who_is_meant_is_no_place() {
    let text = "A source at Aleppo Police Command said Islamic State shelled Aleppo, in Syria.";
    assert_eq!(
        places_of(text, &["Aleppo Police Command", "Islamic State", "Aleppo"]),
        [Some("syria/aleppo".to_owned())]
    );
    // The capital of a state may be where an act was.
    assert_eq!(
        places_of("A bomb went off in Ankara, Turkey.", &["Ankara"]),
        [Some("world/ankara".to_owned())]
    );
}

#[test]
fn a_town_abroad_is_meant_only_by_its_own_name_or_with_its_country() {
    // Deir is one of the names of Bandar-e Deyr in Iran, Foix stands in France.
    assert_eq!(places_of("Shells fell on Deir, a Syrian village.", &["Deir"]), [None]);
    let iran = places_of("Shells fell on Deir, a town of Iran. Syria was silent.", &["Deir"]);
    assert_eq!(iran, [Some("geonames:136280".to_owned())]);
    let foix = places_of("A Syrian was found in Foix.", &["Foix"]);
    assert!(foix[0].as_deref().is_some_and(|id| id.starts_with("geonames:")), "{foix:?}");
}

#[test]
fn a_body_that_a_text_brings_in_is_none_of_those_known() {
    use holdfire_types::{Act, Claim, Filler, Kind, Report, Span};
    let actor_of = |text: &str| {
        let mut report = Report::new("r", text);
        report.seal();
        let (span, at) = (Span::new(0, text.len()), text.find("coalition").expect("the word"));
        let mut act = Act::of(Kind::Attack);
        act.actor.push(Filler::new("coalition", Span::new(at, at + "coalition".len()), "by-hand"));
        let mut claims = [Claim::plain(&report.id, span, span, Filler::narrator(), act, "by-hand")];
        world().resolve(&report, &mut claims);
        claims[0].act.actor[0].party.clone()
    };
    assert_eq!(actor_of("In Syria the coalition struck Raqqa.").as_deref(), Some("syria/coalition"));
    assert_eq!(actor_of("In Syria a coalition led by rebels struck Raqqa."), None);
}
