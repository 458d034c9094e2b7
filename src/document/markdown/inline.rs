//! Reads what stands within a block of Markdown: links, stress, code and images, which become marks on its text.

use std::ops::Range;

use super::super::{Mark, Style};
use super::Reader;

impl Reader<'_> {
    pub(super) fn open_style(&mut self, style: Style, range: &Range<usize>) {
        if self.alt.is_some() {
            return self.styles.push(false);
        }
        self.block(range);
        let style = self.afforded(style);
        let Some(block) = &mut self.open else { return };
        let kind = std::mem::discriminant(&style);
        let is_news = self.marked.iter().all(|&index| std::mem::discriminant(&block.marks[index].style) != kind);
        self.styles.push(is_news);
        if is_news {
            let at = block.text.len();
            self.marked.push(block.marks.len());
            block.marks.push(Mark { range: at..at, style });
        }
    }

    pub(super) fn close_style(&mut self) {
        if self.styles.pop() == Some(true)
            && let (Some(index), Some(block)) = (self.marked.pop(), &mut self.open)
        {
            block.marks[index].range.end = block.text.len();
        }
    }

    /// A style as it may be written down: a link without its address, once there were too many.
    pub(super) fn afforded(&mut self, style: Style) -> Style {
        let Style::Link { href } = style else { return style };
        let left = self.addresses.checked_sub(href.len());
        self.addresses = left.unwrap_or_default();
        Style::Link { href: if left.is_some() { href } else { String::new() } }
    }

    pub(super) fn open_image(&mut self, src: String, range: &Range<usize>) {
        if let Some((_, nested)) = &mut self.alt {
            *nested += 1;
            return;
        }
        let block = self.block(range);
        let at = block.text.len();
        block.marks.push(Mark { range: at..at, style: Style::Image { src, alt: String::new() } });
        self.alt = Some((String::new(), 0));
    }

    pub(super) fn close_image(&mut self) {
        match self.alt.take() {
            Some((text, 0)) => {
                let marks = self.open.iter_mut().flat_map(|block| block.marks.iter_mut());
                let mut images = marks.filter_map(|mark| match &mut mark.style {
                    Style::Image { alt, .. } => Some(alt),
                    _ => None,
                });
                if let Some(alt) = images.next_back() {
                    *alt = text;
                }
            }
            nested => self.alt = nested.map(|(text, nested)| (text, nested - 1)),
        }
    }
}
