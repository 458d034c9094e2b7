//! Defines values that know where in a rule file they stand.
//!
//! [`toml::Spanned`] carries the place but has no JSON Schema, and the two "one or several" shapes of the vocabulary
//! would lose it in an untagged enum; so all three are spelt out here.

use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, Range};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use toml::Spanned;

/// A value with the bytes of the file that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub struct Located<T> {
    /// Bytes of the file.
    pub span: Range<usize>,
    /// The value.
    pub value: T,
}

impl<T> Deref for Located<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<T>::deserialize(deserializer)?;
        Ok(Self { span: spanned.span(), value: spanned.into_inner() })
    }
}

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// One value, or a list of them.
#[derive(Clone, Debug, PartialEq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Shape<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Shape<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table or a list of tables")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
                Ok(vec![T::deserialize(MapAccessDeserializer::new(map))?])
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Vec<T>, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq))
            }
        }
        deserializer.deserialize_any(Shape(std::marker::PhantomData)).map(Self)
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

/// One selector, or the union of several.
#[derive(Clone, Debug, PartialEq)]
pub struct OneOrUnion(pub Vec<Located<String>>);

impl<'de> Deserialize<'de> for OneOrUnion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Shape;
        impl<'de> Visitor<'de> for Shape {
            /// `Err` holds a lone string, whose place only the caller knows.
            type Value = Result<Vec<Located<String>>, String>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a selector or a list of selectors")
            }

            fn visit_str<E: serde::de::Error>(self, selector: &str) -> Result<Self::Value, E> {
                Ok(Err(selector.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Self::Value, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Ok)
            }
        }
        struct Alternative(Result<Vec<Located<String>>, String>);
        impl<'de> Deserialize<'de> for Alternative {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Shape).map(Self)
            }
        }
        let spanned = Spanned::<Alternative>::deserialize(deserializer)?;
        let span = spanned.span();
        Ok(Self(match spanned.into_inner().0 {
            Ok(union) => union,
            Err(value) => vec![Located { span, value }],
        }))
    }
}

impl JsonSchema for OneOrUnion {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "OneOrUnion".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] })
    }
}

/// A day as it is written: a string, or a date of TOML's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day(pub String);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Shape;
        impl<'de> Visitor<'de> for Shape {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day such as 2025-08-21")
            }

            fn visit_str<E: serde::de::Error>(self, day: &str) -> Result<Day, E> {
                Ok(Day(day.to_owned()))
            }

            // This is how dates of TOML come.
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Day, A::Error> {
                let date = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Day(date.to_string()))
            }
        }
        deserializer.deserialize_any(Shape)
    }
}

impl JsonSchema for Day {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::file::SiteFile;

    #[test]
    fn places_survive_every_shape() {
        let text = "[body]\nselect = ['a', ['b', 'c']]\n[meta]\ntitle = { css = 'h1' }\nauthor = [{ css = 'i' }]\n";
        let site: SiteFile = toml::from_str(text).expect("a good file");
        let selectors: Vec<_> = site.body.select.iter().flat_map(|one| &one.0).collect();
        let written: Vec<_> = selectors.iter().map(|selector| &text[selector.span.clone()]).collect();
        assert_eq!(written, ["'a'", "'b'", "'c'"]);
        let title = site.meta.title.0[0].css.as_ref().expect("a selector");
        assert_eq!(&text[title.span.clone()], "'h1'");
        let author = site.meta.author.0[0].css.as_ref().expect("a selector");
        assert_eq!((&text[author.span.clone()], author.as_str()), ("'i'", "i"));
    }
}
