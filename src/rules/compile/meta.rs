//! Defines how the places of metadata are compiled.

use super::Compiler;
use super::finder::whole;
use crate::rules::file;
use crate::rules::located::OneOrMany;
use crate::rules::source::{Meta, MetaFinder, MetaPlace};

impl Compiler<'_> {
    pub(super) fn meta(&mut self, path: &str, written: &file::MetaSection) -> Meta {
        Meta {
            title: self.places(&format!("{path}.title"), &written.title),
            author: self.places(&format!("{path}.author"), &written.author),
            date: self.places(&format!("{path}.date"), &written.date),
        }
    }

    fn places(&mut self, path: &str, written: &OneOrMany<file::MetaPlace>) -> Vec<MetaPlace> {
        let places = written.0.iter().enumerate();
        places.filter_map(|(at, place)| self.meta_place(&format!("{path}.{at}"), place)).collect()
    }

    fn meta_place(&mut self, path: &str, written: &file::MetaPlace) -> Option<MetaPlace> {
        let scope = self.scope(&written.scope);
        if let (Some(attr), None) = (&written.attr, &written.css) {
            let help = "take it away, or find the element by `css`";
            self.error(attr.span.clone(), "`attr` has a meaning only with `css`", help);
        }
        if written.css.is_some() && !written.scope.is_empty() {
            let place = self.place(&format!("{path}.where"));
            let help = "take it away, or narrow the selector";
            self.error(place, "`where` has a meaning only with `line` and `find`", help);
        }
        let ways = [("css", &written.css), ("line", &written.line), ("find", &written.find)];
        let finder = match self.only_one(path, &ways)? {
            ("css", css) => {
                let attr = written.attr.as_ref().map(|attr| self.attribute_name(attr));
                MetaFinder::Element { select: self.selector(css)?, attr: whole(attr)? }
            }
            ("line", line) => MetaFinder::Block { pattern: self.whole(line)?, scope: Box::new(scope?) },
            (_, find) => MetaFinder::Block { pattern: self.part(find)?, scope: Box::new(scope?) },
        };
        let text =
            |value: &Option<crate::rules::located::Located<String>>| value.as_ref().map(|text| text.value.clone());
        let (trim_start, trim_end) = (text(&written.trim_start), text(&written.trim_end));
        Some(MetaPlace { file: self.stem.into(), finder, trim_start, trim_end })
    }

    fn attribute_name(&mut self, attr: &crate::rules::located::Located<String>) -> Option<String> {
        let proper = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        if !attr.is_empty() && attr.chars().all(proper) {
            return Some(attr.to_lowercase());
        }
        let message = format!("`{}` is not the name of an attribute", attr.value);
        self.error(attr.span.clone(), message, "write the name alone, such as `attr = \"datetime\"`");
        None
    }
}
