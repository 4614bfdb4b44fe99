//! The addresses, and what answers each.

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router, middleware};

use crate::app::App;
use crate::ask::Ask;
use crate::guard::guard;
use crate::reply::{Fault, html};
use crate::site::Site;
use crate::submit::submit;
use crate::{api, pages};

/// Bytes of a form.
const BODY: usize = 64 * 1024;

/// A page from the record.
macro_rules! page {
    ($make:path) => {
        answer(|site| $make(site).map(|page| html(&page)))
    };
}

/// A view of the record as JSON.
macro_rules! json {
    ($make:path) => {
        answer(|site| $make(site).map(|view| Json(view).into_response()))
    };
}

/// All of it.
pub fn routes(app: Arc<App>) -> Router {
    Router::new()
        .merge(views())
        .nest("/at/{moment}", views())
        // A nested `/` answers without the slash at the end only.
        .route("/at/{moment}/", page!(pages::standing))
        .route("/corrections", post(submit))
        .route("/style.css", asset("text/css; charset=utf-8", include_str!("../../../ui/style.css")))
        .route("/icon.svg", asset("image/svg+xml", include_str!("../../../ui/icon.svg")))
        .route("/robots.txt", asset("text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n"))
        .fallback(async |ask: Ask| Fault::missing("There is no such page.").reply(ask.api))
        .method_not_allowed_fallback(async |ask: Ask| Fault::Method.reply(ask.api))
        .layer(DefaultBodyLimit::max(BODY))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard))
        .with_state(app)
}

/// What can also be asked of a past moment.
fn views() -> Router<Arc<App>> {
    Router::new()
        .route("/", page!(pages::standing))
        .route("/day", page!(pages::days))
        .route("/day/{date}", page!(pages::day))
        .route("/incidents", page!(pages::incidents))
        .route("/incident/{id}", page!(pages::incident))
        .route("/map", page!(pages::map))
        .route("/convoys", page!(pages::convoys))
        .route("/talks", page!(pages::talks))
        .route("/sources", page!(pages::sources))
        .route("/reports", page!(pages::reports))
        .route("/report/{id}", page!(pages::report))
        .route("/claim/{id}", page!(pages::claim))
        .route("/number/{view}", page!(pages::number))
        .route("/search", page!(pages::search))
        .route("/corrections", page!(pages::corrections))
        .route("/correct", page!(pages::correct))
        .route("/receipt/{id}", page!(pages::receipt))
        .route("/about", page!(pages::about))
        .route("/api", json!(api::index))
        .route("/api/head", json!(api::head))
        .route("/api/truces", json!(api::truces))
        .route("/api/status", json!(api::status))
        .route("/api/day/{date}", json!(api::day))
        .route("/api/incidents", json!(api::incidents))
        .route("/api/incident/{id}", json!(api::incident))
        .route("/api/claim/{id}", json!(api::claim))
        .route("/api/reports", json!(api::reports))
        .route("/api/report/{id}", json!(api::report))
        .route("/api/convoys", json!(api::convoys))
        .route("/api/talks", json!(api::talks))
        .route("/api/sources", json!(api::sources))
        .route("/api/corrections", json!(api::corrections))
        .route("/api/number/{view}", json!(api::number))
}

fn answer(make: fn(&Site) -> Result<Response, Fault>) -> MethodRouter<Arc<App>> {
    get(async move |State(app): State<Arc<App>>, ask: Ask, headers: HeaderMap| {
        app.answer(ask, headers, make).await
    })
}

/// A file of ours, in the binary.
fn asset(kind: &'static str, text: &'static str) -> MethodRouter<Arc<App>> {
    get(async move || ([(CONTENT_TYPE, kind), (CACHE_CONTROL, "max-age=300")], text))
}
