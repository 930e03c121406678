// A file without tests is a test.
