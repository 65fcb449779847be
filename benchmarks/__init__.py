"""What is measured, beside what: never inside the test suite."""
