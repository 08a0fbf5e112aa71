"""Photos and PDFs: received, made safe, kept, and served through the gate."""
