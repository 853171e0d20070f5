namespace Armature.Batching;

/// <summary>Takes the results of a batch as they are done, each item's once.</summary>
internal interface IResultSink
{
    void Add(PackedEntries entries);
}
