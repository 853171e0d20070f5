using Xunit.Sdk;
using Xunit.v3;

// Each test has a cluster of real processes for itself; two at a time would only starve each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
