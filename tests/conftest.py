"""What is the same for every test is made once in a process."""

from thrift import spare

spare()
