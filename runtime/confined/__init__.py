"""Work on untrusted bytes: in processes of its own, within bounds that the kernel keeps."""
