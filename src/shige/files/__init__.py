"""Photos and PDFs made safe, uploads that survive a broken line, files served through the gate."""
