//! GeoJSON (RFC 7946): a feature for each incident at the most exact place that its claims name.
//!
//! The accounts stay side by side in `properties.accounts`, each in the form of [`crate::gold`] with its report. The
//! point is where a place's name lies; `precision` says how exactly that is meant.

use holdfire_types::{CharMap, Claim, Id, Report, ResolvedPlace};
use serde_json::{Value, json};

use crate::LossReport;
use crate::gold::claim_line;

/// The incidents as one feature collection. Each comes with its claims and their reports, in the order recorded.
///
/// An incident without a resolved place has `null` for its geometry, as the form allows; the loss report counts those.
pub fn incidents(incidents: &[(&Id, Vec<(&Claim, &Report)>)]) -> (Value, LossReport) {
    let mut loss = LossReport::default();
    let features: Vec<Value> = incidents
        .iter()
        .map(|(id, accounts)| {
            let places = accounts.iter().flat_map(|(claim, _)| &claim.act.place);
            // the first among equally exact ones: an account that came later does not move the point
            let place = places.filter_map(|filler| filler.place.as_ref()).min_by_key(|place| place.precision);
            loss.written += 1;
            loss.lost(
                "incident without a place on the map (its geometry is null)",
                usize::from(place.is_none()),
            );
            let others = accounts
                .iter()
                .flat_map(|(claim, _)| &claim.act.place)
                .filter_map(|filler| filler.place.as_ref())
                .filter(|other| place.is_some_and(|place| place.id != other.id))
                .count();
            loss.lost("further place that an account names (in its account, not on the map)", others);
            let spoken = accounts.iter().map(|(claim, _)| claim.via.len()).sum();
            loss.lost("speaker between the publication and the source", spoken);
            feature(id, place, accounts)
        })
        .collect();
    (json!({ "type": "FeatureCollection", "features": features }), loss)
}

fn feature(id: &Id, place: Option<&ResolvedPlace>, accounts: &[(&Claim, &Report)]) -> Value {
    let told = accounts.iter().map(|(claim, report)| {
        let mut line = claim_line(claim, report, &CharMap::new(&report.text));
        line["claim"] = claim.id.as_str().into();
        line["report"] = report.id.as_str().into();
        line["publisher"] = report.publisher.as_deref().into();
        line
    });
    json!({
        "type": "Feature",
        "id": id.as_str(),
        "geometry": place.map(|place| json!({ "type": "Point", "coordinates": [place.lon, place.lat] })),
        "properties": {
            "place": place.map(|place| place.name.as_str()),
            "place_id": place.map(|place| place.id.as_str()),
            "precision": place.map(|place| place.precision.as_str()),
            "accounts": told.collect::<Vec<_>>(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::incidents;
    use crate::table::sample;
    use holdfire_types::{Id, IdKind, PlacePrecision, ResolvedPlace, Stance};

    fn place(name: &str, precision: PlacePrecision) -> ResolvedPlace {
        ResolvedPlace {
            id: format!("pack:test/{name}"),
            name: name.to_owned(),
            lat: 36.37,
            lon: 37.51,
            country: "SY".to_owned(),
            admin1: String::new(),
            precision,
        }
    }

    #[test]
    fn accounts_stay_side_by_side_at_the_most_exact_place() {
        let (report, mut vague) = sample();
        let mut exact = vague.clone();
        exact.stance = Stance::Denies;
        vague.act.place[0].place = Some(place("aleppo", PlacePrecision::Province));
        exact.act.place[0].place = Some(place("bab", PlacePrecision::Exact));
        let id = Id::of(IdKind::Incident, &["x"]);
        let (map, loss) = incidents(&[(&id, vec![(&vague, &report), (&exact, &report)])]);
        let feature = &map["features"][0];
        assert_eq!(feature["geometry"]["coordinates"], serde_json::json!([37.51, 36.37]));
        assert_eq!(feature["properties"]["place_id"], "pack:test/bab");
        let stances: Vec<_> = feature["properties"]["accounts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|a| a["stance"].clone())
            .collect();
        assert_eq!(stances, ["states", "denies"]);
        assert_eq!((loss.written, loss.losses.len(), loss.losses[0].count), (1, 1, 1));
    }

    #[test]
    fn an_incident_without_a_place_is_kept_and_counted() {
        let (report, claim) = sample();
        let id = Id::of(IdKind::Incident, &["x"]);
        let (map, loss) = incidents(&[(&id, vec![(&claim, &report)])]);
        assert!(map["features"][0]["geometry"].is_null());
        assert_eq!(
            map["features"][0]["properties"]["accounts"][0]["quote"],
            "at least 24 civilians died in Bab"
        );
        assert_eq!(loss.losses[0].count, 1);
    }
}
