//! A document as a list of nodes in its order, each of which knows its parent.

use crate::text::Span;
use crate::xml::{Document, Element, Node as Child};

/// The nodes; the first is the root, above the root element.
pub(super) struct Nodes<'d>(Vec<Node<'d>>);

pub(super) struct Node<'d> {
    pub(super) kind: Kind<'d>,
    pub(super) parent: usize,
    /// After the last node in it.
    pub(super) end: usize,
    pub(super) span: Span,
    /// The namespace, when it is in one.
    pub(super) namespace: Option<&'d str>,
}

pub(super) enum Kind<'d> {
    Root,
    Element(&'d Element),
    Attribute(&'d str, &'d str),
    Text(String),
    Comment,
}

impl<'d> Nodes<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let mut nodes = Self(Vec::new());
        nodes.add(Kind::Root, 0, Span::at(0), None);
        if let Some(root) = &document.root {
            nodes.element(root, 0);
        }
        nodes.close(0);
        nodes
    }

    pub(super) fn get(&self, node: usize) -> Option<&Node<'d>> {
        self.0.get(node)
    }

    fn add(&mut self, kind: Kind<'d>, parent: usize, span: Span, namespace: Option<&'d str>) -> usize {
        let end = self.0.len() + 1;
        self.0.push(Node { kind, parent, end, span, namespace });
        end - 1
    }

    fn close(&mut self, node: usize) {
        let end = self.0.len();
        if let Some(node) = self.0.get_mut(node) {
            node.end = end;
        }
    }

    fn element(&mut self, element: &'d Element, parent: usize) {
        let own = self.add(Kind::Element(element), parent, element.span(), None);
        let prefix = element.name.split_once(':').map_or("", |(prefix, _)| prefix);
        let namespace = self.namespace(own, prefix);
        if let Some(node) = self.0.get_mut(own) {
            node.namespace = namespace;
        }
        for attribute in &element.attributes {
            let name = attribute.name.as_str();
            if name != "xmlns" && !name.starts_with("xmlns:") {
                let namespace = name.split_once(':').and_then(|(prefix, _)| self.namespace(own, prefix));
                self.add(Kind::Attribute(name, &attribute.value), own, attribute.value_span, namespace);
            }
        }
        for child in &element.children {
            match child {
                Child::Element(child) => self.element(child, own),
                Child::Comment(span) => {
                    self.add(Kind::Comment, own, *span, None);
                }
                Child::Text(text, span) => self.text(text, *span, own),
            }
        }
        self.close(own);
    }

    /// Text that an entity or a section only divides is one node.
    fn text(&mut self, text: &str, span: Span, parent: usize) {
        if let Some(Node { kind: Kind::Text(before), span: own, parent: same, .. }) = self.0.last_mut()
            && *same == parent
        {
            before.push_str(text);
            own.end = span.end;
        } else {
            self.add(Kind::Text(text.to_owned()), parent, span, None);
        }
    }

    /// What a prefix stands for at an element; the empty one for the namespace without a prefix.
    fn namespace(&self, element: usize, prefix: &str) -> Option<&'d str> {
        let mut at = element;
        while let Some(Node { kind: Kind::Element(element), parent, .. }) = self.0.get(at) {
            let declared = element.attributes.iter().find(|attribute| match attribute.name.strip_prefix("xmlns") {
                Some("") => prefix.is_empty(),
                Some(rest) => !prefix.is_empty() && rest.strip_prefix(':') == Some(prefix),
                None => false,
            });
            if let Some(declared) = declared {
                return Some(declared.value.as_str()).filter(|uri| !uri.is_empty());
            }
            at = *parent;
        }
        None
    }

    /// What is right below a node, attributes apart.
    pub(super) fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        self.below(node).filter(|&child| !self.is_attribute(child))
    }

    /// The attributes of a node.
    pub(super) fn attributes(&self, node: usize) -> impl Iterator<Item = usize> {
        self.below(node).filter(|&child| self.is_attribute(child))
    }

    fn below(&self, node: usize) -> impl Iterator<Item = usize> {
        let end = self.get(node).map_or(0, |node| node.end);
        let mut next = node + 1;
        std::iter::from_fn(move || {
            let child = next;
            next = self.get(child).filter(|_| child < end)?.end;
            Some(child)
        })
    }

    pub(super) fn is_attribute(&self, node: usize) -> bool {
        self.get(node).is_some_and(|node| matches!(node.kind, Kind::Attribute(..)))
    }

    /// The name as written; empty for what has none.
    pub(super) fn name(&self, node: usize) -> &'d str {
        match self.get(node).map(|node| &node.kind) {
            Some(Kind::Element(element)) => &element.name,
            Some(Kind::Attribute(name, _)) => name,
            _ => "",
        }
    }

    /// The text of a node and of all in it.
    pub(super) fn value(&self, node: usize) -> String {
        let Some(own) = self.get(node) else { return String::new() };
        match &own.kind {
            Kind::Attribute(_, value) => (*value).to_owned(),
            Kind::Text(text) => text.clone(),
            Kind::Comment => String::new(),
            Kind::Root | Kind::Element(_) => {
                let texts = (node..own.end).filter_map(|inner| match &self.get(inner)?.kind {
                    Kind::Text(text) => Some(text.as_str()),
                    _ => None,
                });
                texts.collect()
            }
        }
    }
}
