//! Sets the bounds that a hostile page cannot leave. What they are for is told in `docs/limits.md`.

/// How deep elements may nest: the number of browsers (512 in Blink and in `WebKit`). Deeper ones are left out; their
/// text stays, and stays apart.
pub(super) const MAX_DEPTH: usize = 512;

/// How many nodes a page may have. A page of 50 MB of ordinary markup has about two million.
pub(super) const MAX_NODES: usize = 4_000_000;

/// How many bytes the attributes of all elements may have for each byte of the page, beside [`FREE_ATTRIBUTE_BYTES`].
/// An element that is rebuilt in each of many paragraphs brings its attributes along, and every reader of the tree pays
/// for them.
pub(super) const MAX_ATTRIBUTE_GROWTH: usize = 2;

/// A page may have so many bytes of attributes however short it is.
pub(super) const FREE_ATTRIBUTE_BYTES: usize = 16 * 1024 * 1024;

/// How many attributes a tag keeps.
pub(super) const MAX_ATTRIBUTES: usize = 1024;

/// A page is larger than is read, or was made to look so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooLarge {
    /// It has more nodes than are read, or more attributes than the page could hold.
    #[error(
        "the page expands to more than is read, such as {MAX_NODES} nodes: it is no article, or was made to do harm"
    )]
    Nodes,
}
