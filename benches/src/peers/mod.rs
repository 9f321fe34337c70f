//! The peers. Each reads a text in its own best way and gives a letter for each rule that it can say.

#[cfg(feature = "peers")]
pub mod rego;

/// One engine with its rules loaded.
pub trait Peer {
    /// Text to whatever it judges.
    fn read(&mut self, bytes: &[u8]);
    /// A letter for each of its rules, in their order.
    fn judge(&mut self, letters: &mut Vec<u8>);
}
