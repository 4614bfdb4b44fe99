//! Place names against marked news: the point chosen for each, and those found in raw text.
//!
//! - LGL: local newspapers; offsets from 0; each name with GeoNames' point and feature code.
//! - `GeoVirus`: Wikinews on epidemics; offsets from 1; each name with a point and a Wikipedia page.
//!
//! Right is within 161 km (100 miles) of the gold point. A country or first-level region is also right by its name,
//! because its point may be put anywhere in it. Names without a gold point are left out.

use holdfire_model::Model;
use holdfire_types::{CharMap, NameType, PlacePrecision, ResolvedPlace, Span};
use holdfire_world::{Mention, PlaceContext, World, bare_region, distance, fold_place};

use crate::Fault;
use crate::data::Data;
use crate::markup::plain;
use crate::row::Row;

/// Kilometres within which a point is right.
const RIGHT: f64 = 161.0;

/// Sets, files, and the offset of the first character.
const SETS: [(&str, &str, usize); 2] =
    [("places/lgl", "data/places/lgl.xml", 0), ("places/geovirus", "data/places/GeoVirus.xml", 1)];

/// A marked article.
#[derive(Debug)]
struct Marked {
    text: String,
    names: Vec<Gold>,
}

/// A marked name.
#[derive(Debug)]
struct Gold {
    span: Span,
    point: (f64, f64),
    /// The gazetteer's or encyclopedia's name for the place.
    title: String,
}

/// Figures of each set.
pub fn rows(data: &Data) -> Result<Vec<Row>, Fault> {
    let (world, model) = (World::embedded()?, Model::embedded()?);
    let mut rows = Vec::new();
    for (set, file, first) in SETS {
        let Some(xml) = data.text(file)? else { continue };
        let articles = read(&xml, first);
        rows.extend(given(set, &articles, world));
        rows.push(raw(set, &articles, world, model));
    }
    Ok(rows)
}

/// Every marked name of the sets that are there, as it stands in the text.
pub fn names(data: &Data) -> Result<Vec<String>, Fault> {
    let mut names = Vec::new();
    for (_, file, first) in SETS {
        for article in data.text(file)?.iter().flat_map(|xml| read(xml, first)) {
            names.extend(article.names.iter().map(|g| g.span.of(&article.text).to_owned()));
        }
    }
    Ok(names)
}

/// Places chosen for the gold spans.
fn given(set: &'static str, articles: &[Marked], world: &World) -> [Row; 2] {
    let (mut all, mut near, mut right) = (0, 0, 0);
    for article in articles {
        let spans: Vec<Span> = article.names.iter().map(|g| g.span).collect();
        for (gold, choice) in article.names.iter().zip(choose(world, &article.text, &spans)) {
            all += 1;
            near += usize::from(choice.as_ref().is_some_and(|c| is_near(gold, c)));
            right += usize::from(choice.as_ref().is_some_and(|c| is_right(world, gold, c)));
        }
    }
    let share = |n: usize| n as f64 / all.max(1) as f64;
    [
        Row::new(set, "given within 161 km", share(near), all, "accuracy"),
        Row::new(set, "given within 161 km or by name", share(right), all, "accuracy"),
    ]
}

/// Gold names that the language layer finds and whose place is right.
fn raw(set: &'static str, articles: &[Marked], world: &World, model: &Model) -> Row {
    let (mut all, mut right) = (0, 0);
    for article in articles {
        let found = find(model, &article.text);
        let choices = choose(world, &article.text, &found);
        for gold in &article.names {
            all += 1;
            let hit = found.iter().zip(&choices).find(|(span, _)| span.overlaps(gold.span));
            right +=
                usize::from(hit.is_some_and(|(_, c)| c.as_ref().is_some_and(|c| is_right(world, gold, c))));
        }
    }
    Row::new(set, "raw found and right", right as f64 / all.max(1) as f64, all, "accuracy")
}

fn choose(world: &World, text: &str, spans: &[Span]) -> Vec<Option<ResolvedPlace>> {
    let mentions: Vec<Mention<'_>> = spans.iter().map(|s| Mention::at(text, *s)).collect();
    let context = PlaceContext { countries: world.countries_in(text) };
    let found = world.locate(&mentions, &context);
    found.into_iter().map(|c| c.into_iter().next().map(|c| c.place)).collect()
}

/// Names of places that the language layer finds.
fn find(model: &Model, text: &str) -> Vec<Span> {
    let sentences = model.annotate(text);
    let named = |kind| matches!(kind, NameType::Location | NameType::Facility | NameType::Norp);
    sentences
        .iter()
        .flat_map(|s| s.names.iter().filter(|n| named(n.kind)).map(move |n| (s, n)))
        .map(|(s, n)| s.tokens[n.start as usize].span.cover(s.tokens[n.end as usize - 1].span))
        .collect()
}

fn is_near(gold: &Gold, choice: &ResolvedPlace) -> bool {
    distance(gold.point, (choice.lat, choice.lon)) <= RIGHT
}

fn is_right(world: &World, gold: &Gold, choice: &ResolvedPlace) -> bool {
    let broad =
        matches!(choice.precision, PlacePrecision::Country | PlacePrecision::Province | PlacePrecision::Area);
    let bare = |name: &str| fold_place(bare_region(name));
    let meant = || world.find_place(&gold.title, &PlaceContext::default()).into_iter().next();
    is_near(gold, choice)
        || broad
            && (bare(&gold.title) == bare(&choice.name) || meant().is_some_and(|c| c.place.id == choice.id))
}

/// The articles of a file. Both sets have one element a line or a run of them; neither nests what is read here.
fn read(xml: &str, first: usize) -> Vec<Marked> {
    xml.split("<article").skip(1).filter_map(|part| article(part, first)).collect()
}

fn article(part: &str, first: usize) -> Option<Marked> {
    let text = between(part, "text")?;
    let text = text
        .strip_prefix("<![CDATA[")
        .and_then(|t| t.strip_suffix("]]>"))
        .map_or_else(|| plain(text), str::to_owned);
    let map = CharMap::new(&text);
    let marks = part.split("<toponym>").skip(1).chain(part.split("<location>").skip(1));
    let names = marks.filter_map(|mark| {
        let number = |tag: &str| between(mark, tag)?.trim().parse::<usize>().ok()?.checked_sub(first);
        let degrees = |tag: &str| between(mark, tag)?.trim().parse::<f64>().ok();
        let (start, end) = (number("start")?, number("end")?);
        let span = (start < end).then(|| map.span(&text, [start, end]))?;
        Some(Gold { span, point: (degrees("lat")?, degrees("lon")?), title: title(mark) })
    });
    let names = names.collect();
    Some(Marked { text, names })
}

/// The name of a page's address without what comes after a comma, or the name given.
fn title(mark: &str) -> String {
    let page = between(mark, "page").and_then(|p| p.rsplit('/').next());
    let given = page.or_else(|| between(mark, "name")).unwrap_or("");
    plain(given).replace('_', " ").split([',', '(']).next().unwrap_or("").trim().to_owned()
}

fn between<'x>(xml: &'x str, tag: &str) -> Option<&'x str> {
    let (_, rest) = xml.split_once(&format!("<{tag}>"))?;
    Some(rest.split_once(&format!("</{tag}>"))?.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_the_marks_say() {
        let xml = "<articles><article><text><![CDATA[Rain in Homs & Hama.]]></text><toponyms><toponym><start>8</start>\
                   <end>12</end><gaztag><name>Homs</name><lat>34.7</lat><lon>36.7</lon></gaztag></toponym>\
                   <toponym><start>15</start><end>19</end></toponym></toponyms></article></articles>";
        let articles = read(xml, 0);
        let told: Vec<_> =
            articles[0].names.iter().map(|g| (g.span.of(&articles[0].text), g.title.as_str())).collect();
        // the second has no point
        assert_eq!(told, [("Homs", "Homs")]);
    }

    #[test]
    fn offsets_may_count_from_one() {
        let xml = "<article><text>In Pandi.</text><location><name>Pandi</name><start>4</start><end>9</end>\
                   <lat>1</lat><lon>2</lon><page>https://example.org/wiki/Pandi,_Bulacan</page></location></article>";
        let article = &read(xml, 1)[0];
        assert_eq!(
            (article.names[0].span.of(&article.text), article.names[0].title.as_str()),
            ("Pandi", "Pandi")
        );
    }
}
