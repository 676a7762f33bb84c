//! Any order of the same verified facts ends in the same state.
