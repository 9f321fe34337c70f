//! All integration tests in one binary: one link, one place to look.

#[cfg(test)]
mod cases;
#[cfg(test)]
mod drawing;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod rule_support;
