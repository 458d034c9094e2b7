//! Reads what a page shows to its readers near its title: who wrote it, and when. Asked only for what the page does not
//! declare, so that most pages cost nothing.
//!
//! - [`zone`]: the blocks near the title, in which by-lines and dates stand.
//! - [`dates`]: which date in them is that of publication, and which that of a change.
//! - [`byline`]: which names in them are those of authors.
//! - [`hints`]: what the elements around a block say that it is.

mod byline;
mod dates;
mod hints;
#[cfg(test)]
mod tests;
mod zone;

use self::zone::Zone;
use super::address;
use super::date::Order;
use super::declared::Declared;
use super::origin::{Field, Origin};
use crate::strip::reading::Reading;

/// Fills what a page does not declare with what it shows near its title and with what its address says. The order of
/// places is that of the table in [`declared`](super::declared).
pub fn complete(declared: &mut Declared, reading: &Reading<'_>, url: Option<&str>) {
    if declared.date.is_none() {
        let addresses = [url, declared.canonical.as_deref(), declared.og_url.as_deref()];
        if let Some(date) = addresses.into_iter().flatten().find_map(address::date) {
            declared.date = Some(date);
            declared.origins.set(Field::Date, Some(Origin::Url));
        }
    }
    let wants_author = !declared.names_people;
    if declared.date.is_some() && !wants_author {
        return;
    }
    let Some(zone) = Zone::of(reading, declared.title.as_deref()) else { return };
    if declared.date.is_none() {
        let order = Order::of_language(declared.language.as_deref());
        let near = dates::near(&zone, order);
        let mut published = near.published.or(declared.time.map(|date| (Origin::Time, date)));
        let mut modified = near.modified;
        if published.is_none() {
            let far = dates::elsewhere(&zone, order);
            published = far.published;
            modified = modified.or(far.modified);
        }
        declared.date = declared.origins.keep(Field::Date, published);
        if declared.modified.is_none() {
            declared.modified = declared.origins.keep(Field::Modified, modified);
        }
    }
    if wants_author {
        let site = declared.site_name.as_deref();
        let names = byline::near(&zone, site);
        // What the page declares, be it the site's own name, is surer than a name at its end.
        let names = if declared.authors.is_empty() { names.or_else(|| byline::elsewhere(&zone, site)) } else { names };
        if let Some(names) = names {
            declared.authors = names;
            declared.origins.set(Field::Author, Some(Origin::Byline));
        }
    }
}
