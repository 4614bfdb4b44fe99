//! What holds of every form: no cell ends a run, and every slot has its words.

use proptest::prelude::*;

use super::{Form, import};

const FORMS: [Form; 6] = [Form::Acled, Form::Ged, Form::Hapi, Form::Bulletin, Form::Osce, Form::Claims];

/// Columns that some form reads, beside those it needs.
const MORE: &[&str] = &[
    "latitude", "longitude", "iso", "country", "admin1", "inter1", "actor2", "assoc_actor_1", "source",
    "notes", "timestamp", "time_precision", "geo_precision", "where_prec", "where_coordinates",
    "source_office", "deaths_a", "admin1_name", "fatalities", "provinces", "position_lat", "position_lon",
    "dist_min_km", "bearing_16", "count_min", "count_text", "weapon_assessed", "target", "place", "figures",
    "means", "from", "lat", "lon", "id",
];

/// Cells that some column takes, and cells that none does.
fn cell() -> impl Strategy<Value = String> {
    let good = [
        "", "1", "2", "3", "5.0", "12", "2017-02-12", "2017-02-28 00:00:00", "Syria", "652", "SYR",
        "Battles", "political_violence", "Damascus 10; Hama 2", "none", "states", "attack",
        "killed 3 or more civilians", "36.5", "SE", "explosion", "“quoted”", "A; B; A", "a \"b\" c", "الباب",
        "=1+1",
    ];
    prop_oneof![
        4 => prop::sample::select(good.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,40}",
        1 => "(?s).{0,12}",
    ]
}

/// The columns that a form needs, then the others.
fn heads(form: Form) -> Vec<&'static str> {
    let mut heads: Vec<&str> = form.needed().iter().map(|group| group[0]).collect();
    heads.extend(MORE.iter().filter(|m| !form.needed().iter().any(|group| group.contains(m))));
    heads
}

proptest! {
    #[test]
    fn no_cell_ends_a_run_and_every_slot_has_its_words(
        form in prop::sample::select(FORMS.to_vec()),
        rows in prop::collection::vec(prop::collection::vec(cell(), 48), 1..6),
    ) {
        let heads = heads(form);
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&heads).expect("memory");
        for row in &rows {
            writer.write_record(&row[..heads.len()]).expect("memory");
        }
        let text = String::from_utf8(writer.into_inner().expect("memory")).expect("text");
        for told in import(form, "x.csv", &text).expect("a table") {
            let Ok(told) = told else { continue };
            let text = &told.report.text;
            for claim in &told.claims {
                prop_assert!(!claim.quote(text).is_empty());
                prop_assert!(claim.span.contains(claim.anchor));
                let act = &claim.act;
                let slots = act.actor.iter().chain(&act.target).chain(&act.place);
                for filler in slots.chain(&claim.via).chain([&claim.source]) {
                    if let Some(span) = filler.span {
                        prop_assert_eq!(span.of(text), filler.name.as_str());
                    }
                }
                for figure in &act.figures {
                    prop_assert!(!figure.span.of(text).is_empty());
                    prop_assert!(figure.min.zip(figure.max).is_none_or(|(min, max)| min <= max));
                }
            }
        }
    }

    #[test]
    fn no_file_ends_a_run(
        form in prop::sample::select(FORMS.to_vec()), text in "(?s).{0,300}", cut in 0_usize..300,
    ) {
        if let Ok(rows) = import(form, "x.csv", &text) {
            rows.for_each(drop);
        }
        let whole = format!("{}\n{text}", heads(form).join(","));
        let cut = whole.floor_char_boundary(cut.min(whole.len()));
        if let Ok(rows) = import(form, "x.csv", &whole[..cut]) {
            rows.for_each(drop);
        }
    }
}

#[test]
fn a_good_row_of_every_form_goes_in() {
    let rows = [
        (
            Form::Acled,
            "event_id_cnty,event_date,event_type,actor1,location,fatalities",
            "1,2017-02-12,Battles,A,Azaz,2",
        ),
        (
            Form::Ged,
            "id,type_of_violence,side_a,side_b,date_start,date_end,best,high,low,country",
            "1,2,A,B,2017-02-12,2017-02-12,2,2,2,Syria",
        ),
        (
            Form::Hapi,
            "location_code,event_type,events,reference_period_start,reference_period_end",
            "SYR,demonstration,2,2017-02-01,2017-02-28",
        ),
        (Form::Bulletin, "date,party,cases", "2017-05-07,Russia,18"),
        (
            Form::Osce,
            "report_date,observer,position_name,event_kind",
            "2017-03-02,The Mission,Millbrook,burst",
        ),
        (Form::Claims, "source,stance,kind,quote", "the mayor,states,attack,the mill was shelled"),
    ];
    for (form, head, row) in rows {
        let text = format!("{head}\n{row}\n");
        let told: Vec<_> = import(form, "x.csv", &text).expect("a table").collect();
        assert!(matches!(&told[..], [Ok(told)] if told.claims.len() == 1), "{form}: {told:?}");
        // each needed column is missed by its name
        for column in head.split(',').take(form.needed().len()) {
            let lacking = text.replacen(column, "other", 1);
            let Err(error) = import(form, "x.csv", &lacking) else { panic!("{form} needs {column}") };
            assert!(error.to_string().contains(&format!("`{column}`")), "{error}");
        }
    }
}
