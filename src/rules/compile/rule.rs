//! Defines how rules are compiled: names, categories, limits, and what they find.

use super::finder::whole;
use super::{Compiler, RULE_SHARE};
use crate::category::Category;
use crate::ledger::RuleName;
use crate::rules::file::{DropRule, InlineRule};
use crate::rules::located::Located;
use crate::rules::source::{Finder, Rule};

/// The name under which what lies outside the body is dropped.
const BODY: &str = "body";

impl<'a> Compiler<'a> {
    pub(super) fn drop_rule(&mut self, path: &str, written: &'a DropRule) -> Option<Rule> {
        let name = self.rule_name(path, written.id.as_ref());
        let category = self.category(path, written.category);
        let finder = self.drop_finder(path, written);
        let scope = self.scope(&written.scope);
        let max_share = written.max_share.as_ref().map(|share| self.share("max-share", share));
        Some(Rule {
            name: name?,
            category: category?,
            finder: finder?,
            scope: scope?,
            keep: written.keep,
            max_share: whole(max_share)?.unwrap_or(RULE_SHARE),
            expect: written.expect,
        })
    }

    pub(super) fn inline_rule(&mut self, path: &str, written: &'a InlineRule) -> Option<Rule> {
        let name = self.rule_name(path, written.id.as_ref());
        let category = self.category(path, written.category);
        let pattern = match self.only_one(path, &[("literal", &written.literal), ("find", &written.find)]) {
            Some(("literal", literal)) => self.literal(literal),
            Some((_, find)) => self.phrase(find),
            None => None,
        };
        let scope = self.scope(&written.scope);
        let max_share = written.max_share.as_ref().map(|share| self.share("max-share", share));
        Some(Rule {
            name: name?,
            category: category?,
            finder: Finder::Phrases(pattern?),
            scope: scope?,
            keep: false,
            max_share: whole(max_share)?.unwrap_or(RULE_SHARE),
            expect: written.expect,
        })
    }

    fn rule_name(&mut self, path: &str, id: Option<&'a Located<String>>) -> Option<RuleName> {
        let Some(id) = id else {
            let help = "add `id = \"…\"`, a name of lower-case letters, digits and hyphens";
            self.lacking(&["id"], self.place(path), "the rule has no `id`", help);
            return None;
        };
        let proper = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(proper) || id.starts_with('-') || id.ends_with('-') {
            let words: Vec<_> =
                id.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
            let better = if words.is_empty() { "byline".to_owned() } else { words.join("-").to_lowercase() };
            let message = "an `id` has lower-case letters, digits and hyphens between them";
            self.error(id.span.clone(), message, format!("write `id = \"{better}\"`"));
            return None;
        }
        if id.value == BODY {
            let message = "the `id` `body` stands for what lies outside `[body]`";
            self.error(id.span.clone(), message, "write another one");
            return None;
        }
        if let Some(first) = self.ids.get(id.as_str()) {
            let line = self.file.error(first.clone(), "", "").line();
            let message = format!("the `id` `{}` is taken by the rule of line {line}", id.value);
            self.error(id.span.clone(), message, format!("write another one, such as `id = \"{}-2\"`", id.value));
            return None;
        }
        self.ids.insert(id.as_str(), id.span.clone());
        Some(format!("{}/{}", self.stem, id.value).into())
    }

    fn category(&mut self, path: &str, category: Option<Category>) -> Option<Category> {
        if category.is_none() {
            let names: Vec<_> = Category::ALL.iter().map(|category| category.name()).collect();
            let help = format!("add `category = \"…\"`, one of {}", names.join(", "));
            self.lacking(&["category"], self.place(path), "the rule has no `category`", help);
        }
        category
    }
}
