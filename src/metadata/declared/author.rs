//! Chooses the authors of an article among those whom a page names.

use super::clean;
use super::entity::decoded;
use super::json_ld::Author;
use super::site::Site;
use crate::metadata::names::{is_account, looks_like_name, names};
use crate::metadata::origin::Origin;

/// Who wrote an article.
pub(super) struct Authors {
    pub(super) names: Vec<String>,
    /// They are people, rather than the site, an organisation, or accounts.
    pub(super) are_people: bool,
}

/// Texts that name authors, of whom no more is known.
pub(super) fn texts(list: Option<(Origin, &[String])>) -> (Origin, Vec<Author>) {
    let (origin, texts) = list.unwrap_or((Origin::Meta, &[]));
    let author = |name: &String| Author { name: name.clone(), is_organisation: false };
    (origin, texts.iter().map(author).collect())
}

/// The names in the first list that names people. An organisation beside them is one of the authors, such as an agency;
/// alone it stands for them only where no list names anybody, as accounts do, and then the site itself.
pub(super) fn chosen(lists: [(Origin, Vec<Author>); 4], site: &Site) -> Option<(Origin, Authors)> {
    let mut others: Option<(Origin, Vec<String>)> = None;
    let mut sites: Option<(Origin, Vec<String>)> = None;
    for (origin, list) in lists {
        let mut found: Vec<String> = Vec::new();
        let mut names_people = false;
        let mut of_site = Vec::new();
        for author in list {
            let Some(text) = clean(&decoded(&author.name)) else { continue };
            for name in names([text.as_str()]) {
                if site.is(&name) {
                    of_site.push(name);
                } else if !found.contains(&name) {
                    // Rather an organisation that is surely one than what may be one as well.
                    let may_be_person = others.is_none() || looks_like_name(&name);
                    names_people |= !author.is_organisation && !is_account(&name) && may_be_person;
                    found.push(name);
                }
            }
        }
        if names_people {
            return Some((origin, Authors { names: found, are_people: true }));
        }
        others = others.or((!found.is_empty()).then_some((origin, found)));
        sites = sites.or((!of_site.is_empty()).then_some((origin, of_site)));
    }
    let (origin, names) = others.or(sites)?;
    Some((origin, Authors { names, are_people: false }))
}
