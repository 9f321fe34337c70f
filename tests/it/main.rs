//! Tests of the whole, through the public interface.

mod differential;
