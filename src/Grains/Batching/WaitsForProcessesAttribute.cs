namespace Armature.Batching;

/// <summary>
/// A handler of the house whose items wait for child processes and for nothing else. It runs on the thread pool, where an item goes on at
/// once when its process has answered, and not in turns of a worker grain. It calls no grain that needs to know its caller.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WaitsForProcessesAttribute : Attribute;
